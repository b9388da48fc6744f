internal import AutoML
internal import Base
internal import Storage

/// Measures configurations, but for what an earlier study of the project measured on the same documents, questions and
/// models: that is read from the database. Failures are measured again.
struct RememberedEvaluator<Wrapped: Evaluator>: Evaluator {
    private let wrapped: Wrapped
    private let database: NeoDatabase
    private let trials: [ContentHash: [StoredTrial]]

    /// An evaluator that knows what the studies of one scope have measured until now.
    init(_ wrapped: Wrapped, scope: ContentHash, database: NeoDatabase) async throws {
        self.wrapped = wrapped
        self.database = database
        let studies = try await database.studies().filter { StudyDefinition.scope(of: $0.definition) == scope }
        trials = try await database.trials(of: Set(studies.map(\.id)))
    }

    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        var known: [String: Measurement] = [:]
        for trial in trials[configuration.hash] ?? [] where known.count < items.count {
            for measurement in try await database.successes(of: trial, on: items) {
                known[measurement.item] = measurement
            }
        }
        let rest = items.filter { known[$0] == nil }
        let fresh = rest.isEmpty ? [] : try await wrapped.measure(configuration, on: rest)
        guard rest.count < items.count else { return fresh }
        // An evaluator that does not return what it was asked for is found out by the study.
        guard fresh.map(\.item) == rest else { return fresh }
        for measurement in fresh { known[measurement.item] = measurement }
        return items.compactMap { known[$0] }
    }

    func kinds(of configuration: Configuration) -> [String] { wrapped.kinds(of: configuration) }

    func isCheap(_ configuration: Configuration) -> Bool { wrapped.isCheap(configuration) }
}
