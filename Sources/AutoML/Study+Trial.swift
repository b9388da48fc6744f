internal import Base

extension Study {
    /// Measures what is missing of a trial, block by block.
    @concurrent
    func measure(_ trial: Trial, race: Race, monitor: StudyMonitor) async throws -> TrialResult {
        var measured: [String: Measurement] = [:]
        for measurement in try await journal.measurements(ofTrial: trial.number) {
            measured[measurement.item] = measurement
        }
        let known = items.count { measured[$0] != nil }
        if known > 0 { await monitor.restored(known) }

        var trial = trial
        if trial.state == .running {
            let start = nanoseconds()
            do {
                try await measureRest(of: &trial, into: &measured, race: race, monitor: monitor)
            } catch {
                try? await spend(on: trial.number, since: start, monitor)
                throw error
            }
            try await spend(on: trial.number, since: start, monitor)
        }
        let measurements = items.compactMap { measured[$0] }
        let result = TrialResult(
            trial: trial,
            measurements: measurements,
            value: trial.state == .complete ? objective.mean(of: measurements) : nil
        )
        await monitor.ended(result)
        return result
    }

    /// Writes down what a trial took.
    private func spend(on trial: Int, since start: UInt64? = nil, _ monitor: StudyMonitor) async throws {
        let now = start == nil ? 0 : nanoseconds()
        let seconds = start.map { now > $0 ? Double(now - $0) / 1e9 : 0 } ?? 0
        if let spending = await monitor.spend(on: trial, seconds: seconds) { try await journal.spend(spending) }
    }

    /// Measures a block; where it is paid for, what it costs is written down on the way, because making an index may be long
    /// and dear, and a search may be killed.
    private func found(
        _ configuration: Configuration, _ items: [String], trial: Int, monitor: StudyMonitor
    ) async throws -> [Measurement] {
        guard meter != nil else { return try await evaluator.measure(configuration, on: items) }
        return try await withThrowingTaskGroup(of: [Measurement]?.self) { group in
            group.addTask { try await evaluator.measure(configuration, on: items) }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(1))
                    try await spend(on: trial, monitor)
                }
            }
            defer { group.cancelAll() }
            return try await group.next().flatMap { $0 } ?? []
        }
    }

    private func measureRest(
        of trial: inout Trial,
        into measured: inout [String: Measurement],
        race: Race,
        monitor: StudyMonitor
    ) async throws {
        var block = BlockSize()
        var position = 0
        while position < race.order.count {
            if measured[race.order[position]] != nil {
                position += 1
                guard race.goesOn(after: position, measured) else { return try await stop(&trial) }
                continue
            }
            try Task.checkCancellation()
            if await monitor.mayStop { return }
            // A block ends at the next rung, and where a measurement is known already.
            let rung = race.rungs.first { $0.count > position }?.count ?? race.order.count
            let next = Array(
                race.order[position..<min(rung, position + block.items)].prefix { measured[$0] == nil })
            let start = nanoseconds()
            let found: [Measurement]
            do {
                found = try checked(
                    await self.found(trial.configuration, next, trial: trial.number, monitor: monitor), for: next)
            } catch let error as CancellationError {
                throw error
            } catch {
                // What is cancelled often throws an error of its own, which must not be held against the trial.
                try Task.checkCancellation()
                trial.state = .failed
                trial.failure = sentence(for: error)
                try await journal.finish(trial: trial.number, state: .failed, failure: trial.failure)
                return
            }
            let end = nanoseconds()
            block.measured(items: next.count, nanoseconds: end > start ? end - start : 0)
            try await journal.record(found, ofTrial: trial.number)
            try await spend(on: trial.number, monitor)
            for measurement in found {
                measured[measurement.item] = measurement
            }
            await monitor.measured(found.count)
        }
        trial.state = .complete
        try await journal.finish(trial: trial.number, state: .complete, failure: nil)
    }

    private func stop(_ trial: inout Trial) async throws {
        trial.state = .stopped
        try await journal.finish(trial: trial.number, state: .stopped, failure: nil)
    }

    /// The measurements, if they are one an item in the order of the items.
    private func checked(_ measurements: [Measurement], for items: [String]) throws(AutoMLError) -> [Measurement] {
        guard measurements.map(\.item) == items else {
            throw AutoMLError(
                .invalidMeasurement,
                "The evaluator was asked for \(items.count) items and returned \(measurements.count) measurements, or of "
                    + "other items; it must return one an item, in their order."
            )
        }
        return measurements.map { $0.checked(for: objective) }
    }
}
