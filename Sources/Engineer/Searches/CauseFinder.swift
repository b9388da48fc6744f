internal import AutoML
internal import Base
internal import RAG

/// Finds out in which stages the winner of a search loses evidence.
enum CauseFinder {
    /// Nil where the objective is none of evidence, or the configuration does not run: a report without this part is
    /// worth more than none.
    static func causes(
        of configuration: Configuration, golden: ProjectGolden, items: [String], workspace: Workspace,
        evaluator: RAGEvaluator
    ) async throws -> SearchResults.Causes? {
        guard ContextLimit(metric: golden.objective.metric) != nil else { return nil }
        do {
            let service = try await Release.open(workspace, configuration: configuration, study: nil)
            return SearchResults.Causes(
                try await evaluator.diagnose(
                    configuration, on: items, metric: golden.objective.metric, answers: service))
        } catch let error as CancellationError {
            throw error
        } catch {
            workspace.diagnostics.add(
                Diagnostic(.warning, "Where the winner loses evidence could not be found out: \(error)"))
            return nil
        }
    }
}
