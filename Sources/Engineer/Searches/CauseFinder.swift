internal import AutoML
internal import Base
internal import RAG
internal import Storage

/// Finds out in which stages the winner of a search loses evidence.
enum CauseFinder {
    /// Raise it when the same configuration would have other causes: what the cache keeps is then left alone.
    private static let version: JSONValue = 1

    /// Nil where the objective is none of evidence, or the configuration does not run: a report without this part is
    /// worth more than none. Kept in the cache: reading what was found takes as long as some trials.
    ///
    /// - Parameter scope: Names all else that decides what is found.
    static func causes(
        of configuration: Configuration, golden: ProjectGolden, items: [String], workspace: Workspace,
        evaluator: RAGEvaluator, scope: ContentHash
    ) async throws -> SearchResults.Causes? {
        guard ContextLimit(metric: golden.objective.metric) != nil else { return nil }
        let key = ContentHash(
            of: [
                "causes": version, "scope": .string(scope.hex), "configuration": .string(configuration.hash.hex),
                "items": .array(items.map { .string($0) }), "metric": .string(golden.objective.metric),
            ])
        do {
            let text = try await workspace.cache.value(forKey: key) {
                let service = try await Release.open(workspace, configuration: configuration, study: nil)
                let found = SearchResults.Causes(
                    try await evaluator.diagnose(
                        configuration, on: items, metric: golden.objective.metric, answers: service))
                return Array(try JSONValue(encoding: found).canonicalText.utf8)
            }
            return try JSONValue(parsing: String(decoding: text, as: UTF8.self)).decoded(as: SearchResults.Causes.self)
        } catch let error as CancellationError {
            throw error
        } catch {
            workspace.diagnostics.add(
                Diagnostic(.warning, "Where the winner loses evidence could not be found out: \(error)"))
            return nil
        }
    }
}
