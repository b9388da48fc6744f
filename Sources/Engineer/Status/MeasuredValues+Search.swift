internal import AutoML
internal import Base
internal import Statistics
internal import Storage

/// What the last search measured of the configuration that it chose.
extension MeasuredValues {
    func metric(_ name: String) async throws -> MeasuredValue {
        let search = try searched()
        let (results, verdict) = (search.results, search.results.verdict)
        guard let mean = verdict.metrics[name] else {
            let known = verdict.metrics.keys.sorted().joined(separator: ", ")
            throw NotMeasured(
                sentence: "The search did not measure \(name) on these questions; it measured \(known).")
        }
        var found = value(mean, .search, verdict.questions, "question", search)
        found.basis = verdict.kind == .heldOut ? .heldOut : verdict.kind == .crossFitted ? .crossFitted : .search
        if name == results.objective.metric {
            (found.value, found.lower, found.upper) = (verdict.winner.value, verdict.winner.lower, verdict.winner.upper)
        }
        guard let study = search.study, let database,
            let trial = results.trials.first(where: { $0.number == results.winner })
        else {
            // Without its rows nothing is known of a mean's interval but where all values lie.
            if name != results.objective.metric {
                (found.lower, found.upper) = (0, 1)
                found.remark = "The rows are not in .neo/neo.db, so its interval is not known."
            }
            return found
        }
        let hash = trial.configuration.hash
        let condition: String
        var measurements: [Measurement]
        if verdict.kind == .heldOut {
            measurements = try await database.evaluations(of: hash, split: HeldOutMeasurement.name, study: study.id)
            condition = "configuration = '\(hash.hex)' AND split = '\(HeldOutMeasurement.name)'"
        } else {
            measurements = try await database.journal(of: study).measurements(ofTrial: results.winner)
            condition = "trial = \(results.winner)"
        }
        found.rows = measurements.map {
            .init(id: $0.item, value: $0.metrics[name].flatMap { $0.isFinite ? $0 : nil } ?? 0)
        }
        found.sql =
            "SELECT item, json_extract(metrics, '$.\"\(name)\"') AS value FROM measurements WHERE study = '\(study.id.hex)' "
            + "AND \(condition) ORDER BY value"
        guard name != results.objective.metric, !found.rows.isEmpty else { return found }
        var estimate = estimate(found.rows)
        if verdict.kind == .crossFitted {
            guard let fitted = try await crossFitted(name, study, results, database) else {
                found.basis = .search
                (found.value, found.lower, found.upper) = (estimate.value, estimate.lower, estimate.upper)
                return found
            }
            estimate = fitted
        }
        (found.value, found.lower, found.upper) = (estimate.value, estimate.lower, estimate.upper)
        return found
    }

    /// Another metric than the objective of what the objective selects, cross-fitted as the report's score is.
    private func crossFitted(
        _ name: String, _ study: StudyRecord, _ results: SearchResults, _ database: NeoDatabase
    ) async throws -> SearchResults.Estimate? {
        let journal = database.journal(of: study)
        var rows: (objective: [[Double]], metric: [[Double]]) = ([], [])
        var items: [String] = []
        for trial in results.trials where trial.state == .complete {
            let measured = try await journal.measurements(ofTrial: trial.number).sorted { $0.item < $1.item }
            guard measured.count == results.searchQuestions else { continue }
            items = measured.map(\.item)
            rows.objective.append(measured.map { $0.metrics[results.objective.metric] ?? 0 })
            rows.metric.append(measured.map { $0.metrics[name] ?? 0 })
        }
        let names = items.map { clusters[$0] ?? $0 }
        guard rows.objective.count >= 2,
            let fitted = try? CrossFitting(
                rows.objective, judgedBy: rows.metric, baseline: 0,
                groups: Set(names).count == items.count ? nil : names,
                using: SplitMix64(seed: results.seed, stream: "cross-fitting"))
        else { return nil }
        return SearchResults.Estimate(
            value: fitted.selected.estimate, lower: fitted.selected.lower, upper: fitted.selected.upper)
    }

    func latency(_ percentile: Int) throws -> MeasuredValue {
        let search = try searched()
        guard let finalist = search.results.finalists?.finalists.first(where: { $0.trial == search.results.winner }),
            let interval = [50: finalist.p50, 95: finalist.p95, 99: finalist.p99][percentile] ?? nil
        else {
            throw NotMeasured(
                sentence: "The last search measured no latency of what it chose: run neo search without "
                    + "--latency-requests 0.")
        }
        var found = value(interval.estimate / 1000, .requests, finalist.requests, "request", search)
        found.lower = (interval.lower ?? 0) / 1000
        found.upper = interval.upper.map { $0 / 1000 }
        if finalist.failures > 0 {
            found.remark = "\(ReportText.count(finalist.failures, "request")) failed, and are not in it."
            found.isLowerBound = true
        }
        if search.results.answers?.writes == true {
            found.isLowerBound = true
            found.remark = "This is retrieval alone: how long a model writes was not measured."
        }
        return found
    }

    func cost() throws -> MeasuredValue {
        let search = try searched()
        let results = search.results
        var found = value(0, .exact, 0, "question", search)
        let trial = results.trials.first { $0.number == results.winner }
        if let cost = trial?.costPer1000 {
            found = value(cost.value / 1000, .search, results.searchQuestions, "question", search)
            // What a question costs chose nothing: it is no score that the search made large.
            found.basis = .exact
            (found.lower, found.upper) = (cost.lower / 1000, cost.upper / 1000)
        } else if project.file.asksServers {
            throw NotMeasured(
                sentence: "Nobody said what the served models cost: give them a price in neo.yaml, and run neo search.")
        }
        if results.answers?.writes == true {
            found.isLowerBound = true
            found.remark = "This is retrieval alone: neo costs shows what the model that writes took."
        } else if trial?.costPer1000 == nil {
            found.remark = "No served model is asked, so nothing is paid to others."
        }
        return found
    }

    func indexSize() throws -> MeasuredValue {
        let search = try searched()
        guard let finalist = search.results.finalists?.finalists.first(where: { $0.trial == search.results.winner })
        else { throw NotMeasured(sentence: "The last search did not measure what it chose: run neo search again.") }
        return value(Double(finalist.indexBytes), .exact, 1, "index", search)
    }

    private func value(
        _ number: Double, _ basis: MeasuredValue.Basis, _ count: Int, _ noun: String, _ search: Search
    ) -> MeasuredValue {
        var found = MeasuredValue(value: number, basis: basis, count: count, noun: noun, measured: search.written)
        (found.state, found.study, found.trial) = (search.state, search.results.study, search.results.winner)
        return found
    }
}
