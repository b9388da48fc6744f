/// A question that a model asks where an answer leaves open what a requirement says. It is answered in words, and kept as the
/// other questions are.
package struct FollowUp: Sendable, Hashable, Codable {
    /// The most of a project: more than that nobody answers with care.
    package static let most = 8

    /// `follow-1`, and so on.
    package let id: String
    /// The question that it follows.
    package let about: String
    /// The requirement that may change by it.
    package let changes: String
    /// What is asked: the model's words, as one line.
    package let ask: String
    /// Why, in the model's words.
    package let why: String
    /// Who asks.
    package let model: String
    /// When it was asked.
    package let at: String
}

extension Interview {
    /// A follow-up as a question: its answer is a text.
    func question(_ followUp: FollowUp) -> Questionnaire.Question? {
        guard let about = questionnaire.questions.first(where: { $0.id == followUp.about }), applies(about) else {
            return nil
        }
        return Questionnaire.Question(
            id: followUp.id, topic: about.topic, ask: followUp.ask, form: .text, suggestions: [], when: .always,
            decides: [followUp.changes])
    }

    /// The follow-ups that are asked, as questions.
    package var followUpQuestions: [Questionnaire.Question] { (state.followUps ?? []).compactMap { question($0) } }

    /// A question of the questionnaire, or a follow-up.
    ///
    /// - Throws: a sentence with the nearest id.
    package func anyQuestion(_ id: String) throws(EngineerError) -> Questionnaire.Question {
        if let question = followUpQuestions.first(where: { $0.id == id }) { return question }
        return try questionnaire.question(id)
    }
}
