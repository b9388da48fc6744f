internal import Base
internal import RAG
internal import Retrieval

extension ProbeRun {
    /// Asks harmless questions without and with the documents that were slipped in, but for those that hold the words of the
    /// same question: what those do is measured by themselves.
    static func utility(
        _ questions: [String], clean: any QueryService, hostile: any QueryService, probes: [Probe]
    ) async throws -> Audit.Utility {
        var utility = Audit.Utility(questions: questions.count, answered: 0, same: 0, stillAnswered: 0)
        for question in questions {
            try Task.checkCancellation()
            // What poisons the search holds the words of all questions.
            let about = Set(
                probes.filter { $0.question == question || $0.family.kind == .poison }.flatMap {
                    $0.documents.map(\.id)
                })
            let before = try await clean.answer(Query(question, limit: 10))
            guard !before.abstained else { continue }
            utility.answered += 1
            let after = try await hostile.answer(Query(question, limit: 10, excluding: about))
            if !after.abstained { utility.stillAnswered += 1 }
            if shown(before) == shown(after) { utility.same += 1 }
        }
        return utility
    }
}
