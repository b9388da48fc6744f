internal import AutoML
internal import Base
internal import Storage
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What evaluations of answers, the survey, the ledger and runs say.
extension MeasuredValues {
    func answers(_ name: String) async throws -> MeasuredValue {
        guard let database, let kept = try await KeptAnswers.read(database) else {
            throw NotMeasured(sentence: "Answers were not measured yet: run neo eval winner --answers.")
        }
        let search = try searched()
        let winner = search.results.trials.first { $0.number == search.results.winner }
        guard winner?.configuration.hash.hex == kept.configuration else {
            throw NotMeasured(
                sentence:
                    "The answers that were measured are those of another configuration than the search chose: run "
                    + "neo eval winner --answers.")
        }
        let rows = try await database.answerMeasurements(kept.evaluation).compactMap { measurement in
            measurement.metrics[name].map { MeasuredValue.Row(id: measurement.item, value: $0) }
        }
        guard !rows.isEmpty else {
            throw NotMeasured(sentence: "No golden question can be judged by \(name): docs/status.md says which can.")
        }
        let estimate = estimate(rows)
        var found = MeasuredValue(
            value: estimate.value, basis: .answers, count: rows.count, noun: "question", measured: kept.evaluation)
        (found.lower, found.upper) = (estimate.lower, estimate.upper)
        (found.state, found.study, found.trial) = (kept.state, search.results.study, search.results.winner)
        found.rows = rows
        found.sql =
            "SELECT item, json_extract(metrics, '$.\"\(name)\"') AS value FROM answer_measurements WHERE evaluation = "
            + "'\(kept.evaluation)' AND value IS NOT NULL ORDER BY value"
        if search.results.answers?.writes == true, kept.generator == nil {
            found.isLowerBound = false
            found.remark = "These are quotes; the answers that the search chose are written by a model (--generator)."
        }
        return found
    }

    func survey(_ noun: String, _ count: (DocumentSurvey) -> Int) throws -> MeasuredValue {
        guard let survey = DocumentSurvey.kept(in: project) else {
            throw NotMeasured(sentence: "The documents were not read yet: neo interview --status reads them.")
        }
        let written = FileState(project.path(".neo/survey.json"))?.changed.timestamp ?? ""
        var found = MeasuredValue(
            value: Double(count(survey)), basis: .documents, count: survey.files, noun: "file", measured: written)
        if !survey.isCurrent(in: project) {
            // What the documents were then is another state than any.
            found.state = MeasurementState(settings: now.settings, golden: now.golden, files: "", requirements: nil)
        }
        return found
    }

    func servedCalls() async throws -> MeasuredValue {
        let all = try await database?.callsByEndpoint() ?? []
        let endpoints = (try? ModelsConfiguration.read(ProcessInfo.processInfo.environment))?.endpoints ?? [:]
        let served = all.filter { call in
            call.endpoint != ModelReference.localEndpoint && !Self.isLoopback(endpoints[call.endpoint]?.url)
                && !Self.isLoopback(call.endpoint)
        }
        var found = MeasuredValue(
            value: Double(served.reduce(0) { $0 + $1.calls }), basis: .ledger,
            count: all.reduce(0) { $0 + $1.calls }, noun: "call", measured: Date().timestamp)
        if !served.isEmpty {
            let names = served.prefix(5).map { "\($0.calls) to \(RequirementNames.line($0.endpoint))" }
            found.remark = "There were \(names.joined(separator: ", "))."
        }
        found.sql = "SELECT endpoint, model, count(*) AS calls FROM ledger WHERE NOT cache_hit GROUP BY ALL"
        return found
    }

    private static func isLoopback(_ url: String?) -> Bool {
        guard let url else { return false }
        let host = url.split(separator: "://", maxSplits: 1).last.map(String.init) ?? url
        return ["127.0.0.1", "localhost", "[::1]"].contains { name in
            host == name || host.hasPrefix(name + ":") || host.hasPrefix(name + "/")
        }
    }

    /// The last value that a run has logged under a name, in the unit of the test.
    func logged(_ name: String, _ criterion: Criterion) async throws -> MeasuredValue {
        let key = RequirementWords.key(name)
        var newest: (run: Run, series: SeriesSummary)?
        if let store = try await reader.runs() {
            var query = RunQuery()
            query.isTopLevel = true
            query.limit = 200
            for run in try await store.runs(query) {
                for series in try await store.summaries(of: run.id)
                where !series.isSystem && RequirementWords.key(series.metric) == key && series.lastValue.isFinite {
                    if series.lastTime > newest?.series.lastTime ?? -.infinity { newest = (run, series) }
                }
            }
        }
        guard let newest else {
            throw NotMeasured(
                sentence: "Neo does not measure this itself. Log it, in the unit of its test, as a "
                    + "figure of this name: neo log --help.")
        }
        var found = MeasuredValue(
            value: newest.series.lastValue * MeasurementUnit(criterion.unit).factor, basis: .run,
            count: newest.series.count, noun: "value",
            measured: Date(timeIntervalSince1970: newest.series.lastTime).timestamp)
        found.run = newest.run.id.text
        let metric = newest.series.metric.replacing("'", with: "''")
        found.sql =
            "SELECT run, time, value FROM metrics WHERE run = '\(newest.run.id.text)' AND metric = '\(metric)' ORDER BY number"
        return found
    }
}
