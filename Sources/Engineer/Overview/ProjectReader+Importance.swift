internal import AutoML
internal import Base
internal import Storage

/// Which choices matter, as far as the trials of one study went when it was last asked.
struct KnownImportance {
    var study: ContentHash
    var ended: Int
    var measured: Int
    var importance: SearchResults.Importance?
}

extension ProjectReader {
    /// Which parameters make the difference between the trials that have ended: the same as when the search is over, from
    /// fewer of them. It is found anew only where another trial has ended.
    func importance(of record: StudyRecord, _ figures: [TrialFigures]) async throws -> SearchResults.Importance? {
        let done = figures.filter { $0.state != .running }
        guard done.count >= ParameterImportance.leastTrials,
            let parameters = try? record.definition["space"]?.decoded(as: [Parameter].self),
            let space = try? SearchSpace(parameters), let metric = record.definition["objective"]?.string,
            let database = try database()
        else { return nil }
        let measured = done.reduce(0) { $0 + $1.measured }
        if let last = lastImportance, last.study == record.id, last.ended == done.count, last.measured == measured {
            return last.importance
        }
        let objective = Objective(metric)
        let journal = database.journal(of: record)
        var results: [AutoML.TrialResult] = []
        for trial in try await journal.trials() where trial.state != .running {
            let measurements = try await journal.measurements(ofTrial: trial.number)
            results.append(
                AutoML.TrialResult(
                    trial: trial, measurements: measurements,
                    value: trial.state == .complete ? objective.mean(of: measurements) : nil))
        }
        let seed = record.definition["seed"]?.string.flatMap { UInt64($0) } ?? 0
        let importance = await Self.importance(space, results, objective, seed)
        lastImportance = KnownImportance(
            study: record.id, ended: done.count, measured: measured, importance: importance)
        return importance
    }

    /// A forest takes a while to grow; who looks at other pages does not wait for it.
    @concurrent
    private static func importance(
        _ space: SearchSpace, _ results: [AutoML.TrialResult], _ objective: Objective, _ seed: UInt64
    ) async -> SearchResults.Importance? {
        SearchResults.Importance(space, of: results, objective: objective, seed: seed)
    }
}
