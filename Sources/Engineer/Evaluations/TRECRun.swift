internal import Base
internal import RAG
internal import Retrieval

/// A ranking in the format that trec_eval and its relatives read: `question Q0 document rank score tag`.
package enum TRECRun {
    /// The winner's ranking of documents, up to 100 a question.
    @concurrent
    package static func text(_ workspace: Workspace, results: SearchResults) async throws -> String {
        guard let winner = results.trials.first(where: { $0.number == results.winner }) else {
            throw EngineerError(code: .noResults, message: "results.json names no winner. Run `neo search` again.")
        }
        let golden = try await ProjectGolden.load(workspace, measuring: [winner.configuration])
        let evaluator = golden.evaluator(workspace)
        var lines = ""
        for item in golden.items {
            let documents = try await evaluator.documents(for: item.id, configuration: winner.configuration, limit: 100)
            for (rank, document) in documents.enumerated() {
                lines += "\(field(item.id)) Q0 \(field(document.id.rawValue)) \(rank + 1) \(document.score) neo\n"
            }
        }
        return lines
    }

    /// Columns are separated by spaces, so a name may have none.
    private static func field(_ text: String) -> String {
        String(text.map { $0.isWhitespace ? "_" : $0 })
    }
}
