package import AutoML
internal import Base
internal import RAG

/// The answers that a project's configuration gives to its golden questions, for people and judges.
package enum QuotedAnswers {
    /// Asks every answerable golden question; an abstention is no answer to judge and is left out.
    @concurrent
    package static func all(_ workspace: Workspace, configuration: Configuration) async throws -> [JudgedAnswer] {
        let golden = try await ProjectGolden.load(workspace)
        let service = try await Release.open(workspace, configuration: configuration, study: nil)
        var answers: [JudgedAnswer] = []
        for question in golden.set.questions.map(\.question) where question.isAnswerable {
            try Task.checkCancellation()
            let answer = try await service.answer(Query(question.question, history: question.history))
            if !answer.abstained { answers.append(JudgedAnswer(JudgeItem(question, answer))) }
        }
        return answers
    }
}
