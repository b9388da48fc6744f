import AutoML
import Base
import Engineer
import FoundationEssentials
import RAG

extension AccessProject {
    /// Makes a release of a configuration, as if a search had found it.
    @discardableResult
    func release(_ values: [String: JSONValue], ports: Workspace.Ports = ports()) async throws -> ReleaseFolder {
        let project = try Project(opening: folder)
        var configuration = try await Workspace.open(project, ports: ports).space().default.values
        configuration.merge(values) { $1 }
        let estimate = SearchResults.Estimate(value: 1, lower: 1, upper: 1)
        let results = SearchResults(
            project: "house", study: "of all documents", seed: 1, objective: Objective("evidence_ndcg"),
            sampler: "random",
            corpus: SearchResults.Corpus(
                documents: 1, bytes: 1, questions: 1, unanswerable: 0, resolvedQuotes: 1, quotes: 1),
            searchQuestions: 1,
            trials: [
                SearchResults.TrialResult(
                    number: 0, origin: "default", state: .complete, configuration: Configuration(configuration),
                    score: estimate, metrics: [:], failures: 0)
            ], winner: 0, baseline: 0,
            verdict: SearchResults.Verdict(
                kind: .search, questions: 1, winner: estimate, baseline: estimate, difference: estimate, searchScore: 1,
                metrics: [:]),
            slices: [], questions: [], diagnostics: [], timings: [:])
        try write("results.json", JSONValue(encoding: results).prettyText)
        try write(
            "golden.jsonl",
            #"{"id": "t", "question": "How long does green tea steep?", "answers": [], "evidence": [{"document": "tea.md", "quote": "two minutes"}]}"#
                + "\n")
        return try await ReleaseBuilder.run(
            project, options: ReleaseBuilder.Options(interface: ["paths": [:]], version: "test"), ports: ports)
    }
}
