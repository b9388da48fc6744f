internal import Base

extension Study {
    /// Measures what is missing of a trial, block by block.
    ///
    /// - Parameter isAgain: Whether it ended before, and goes on.
    @concurrent
    func measure(
        _ trial: Trial, race: Race, monitor: StudyMonitor, isAgain: Bool = false
    ) async throws -> TrialResult {
        var measured: [String: Measurement] = [:]
        for measurement in try await journal.measurements(ofTrial: trial.number) {
            measured[measurement.item] = measurement
        }
        let known = items.count { measured[$0] != nil }
        if known > 0, !isAgain { await monitor.restored(known) }

        var trial = trial
        let hadFailed = trial.state == .failed
        let start = nanoseconds()
        let items: Set<String>
        do {
            items = Set(try await follow(race, with: &trial, measured: &measured, monitor: monitor))
        } catch {
            try? await spend(on: trial.number, since: start, monitor)
            throw error
        }
        // A trial that was found in the journal takes nothing; one whose first block failed may have.
        if items.count > known || trial.state == .failed && !hadFailed {
            try await spend(on: trial.number, since: start, monitor)
        }
        let measurements = self.items.compactMap { items.contains($0) ? measured[$0] : nil }
        let result = TrialResult(
            trial: trial,
            measurements: measurements,
            value: trial.state == .complete ? objective.mean(of: measurements) : nil
        )
        await monitor.ended(result, isAgain: isAgain)
        return result
    }

    /// Writes down what a trial took.
    private func spend(on trial: Int, since start: UInt64? = nil, _ monitor: StudyMonitor) async throws {
        let now = start == nil ? 0 : nanoseconds()
        let seconds = start.map { now > $0 ? Double(now - $0) / 1e9 : 0 } ?? 0
        guard let spending = await monitor.spend(on: trial, seconds: seconds) else { return }
        // Without limits nobody asks, and a transaction more for each trial costs room and time.
        if spending.cost > 0 || limits.seconds != nil || limits.cost != nil { try await journal.spend(spending) }
    }

    /// Measures a block; where it is paid for, what it costs is written down on the way, because making an index may be long
    /// and dear, and a search may be killed.
    private func found(
        _ configuration: Configuration, _ items: [String], trial: Int, monitor: StudyMonitor
    ) async throws -> [Measurement] {
        try await MeasuredTrial.$number.withValue(trial) {
            try await metered(configuration, items, trial: trial, monitor: monitor)
        }
    }

    private func metered(
        _ configuration: Configuration, _ items: [String], trial: Int, monitor: StudyMonitor
    ) async throws -> [Measurement] {
        guard meter != nil else { return try await evaluator.measure(configuration, on: items) }
        return try await withThrowingTaskGroup(of: [Measurement]?.self) { group in
            group.addTask { try await evaluator.measure(configuration, on: items) }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(1))
                    // A journal that cannot be written is found out by the block itself.
                    try? await spend(on: trial, monitor)
                }
            }
            defer { group.cancelAll() }
            return try await group.next().flatMap { $0 } ?? []
        }
    }

    /// Goes through the items of a race, measures those that are missing, and says how far it came.
    ///
    /// A trial of the journal goes the same way again and ends where it ended in this race, even if it went on later: what
    /// the next trials are told, and compared with, does not depend on when the study was killed.
    private func follow(
        _ race: Race,
        with trial: inout Trial,
        measured: inout [String: Measurement],
        monitor: StudyMonitor
    ) async throws -> ArraySlice<String> {
        let journaled = trial.state
        var block = BlockSize()
        var position = 0
        while position < race.order.count {
            if measured[race.order[position]] != nil {
                position += 1
                guard race.goesOn(after: position, measured) else {
                    try await end(&trial, as: .stopped, journaled: journaled)
                    break
                }
                continue
            }
            guard journaled != .failed else { break }
            try Task.checkCancellation()
            if await monitor.mayStop { break }
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
            } catch let error as EvaluationSuspended {
                try Task.checkCancellation()
                await monitor.suspend(error.cause)
                break
            } catch {
                // What is cancelled often throws an error of its own, which must not be held against the trial.
                try Task.checkCancellation()
                trial.failure = sentence(for: error)
                try await end(&trial, as: .failed, journaled: journaled)
                break
            }
            let ended = nanoseconds()
            block.measured(items: next.count, nanoseconds: ended > start ? ended - start : 0)
            try await journal.record(found, ofTrial: trial.number)
            try await spend(on: trial.number, monitor)
            for measurement in found {
                measured[measurement.item] = measurement
            }
            await monitor.measured(found.count)
        }
        if position == race.order.count, trial.state != .failed {
            try await end(&trial, as: race.end, journaled: journaled)
        }
        return race.order[..<position]
    }

    /// Writes down how a trial ended, unless the journal knows that it came further.
    private func end(_ trial: inout Trial, as state: Trial.State, journaled: Trial.State) async throws {
        trial.state = state
        if state != .failed { trial.failure = nil }
        guard journaled == .running || journaled == .stopped && state != .stopped else { return }
        try await journal.finish(trial: trial.number, state: state, failure: trial.failure)
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
