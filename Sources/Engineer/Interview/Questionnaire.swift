package import Base

/// What is asked for one kind of system, as data: topics, questions with their conditions and defaults, and the pairs of
/// answers that contradict each other.
package struct Questionnaire: Sendable, Hashable {
    /// A field of what has to be known.
    package struct Topic: Sendable, Hashable {
        package let id: String
        package let title: String
    }

    /// An answer that is suggested, and why.
    package struct Suggestion: Sendable, Hashable {
        let when: InterviewCondition
        /// What is suggested; a text may name facts: `{survey.language}`.
        package let value: JSONValue
        package let why: String
    }

    /// One question.
    package struct Question: Sendable, Hashable {
        package let id: String
        package let topic: String
        /// What is asked; it may name facts.
        package let ask: String
        package let form: AnswerForm
        /// The first whose condition holds is suggested.
        let suggestions: [Suggestion]
        let when: InterviewCondition
        /// What of the requirements the answer decides, such as `latency.threshold`.
        package let decides: [String]
    }

    /// Answers that cannot all be meant.
    package struct Conflict: Sendable, Hashable {
        package let id: String
        let when: InterviewCondition
        /// The questions that it is about; the last one is asked again.
        package let questions: [String]
        /// Why they cannot all be meant.
        package let why: String
    }

    /// The kind of system, such as `rag`.
    package let kind: String
    package let topics: [Topic]
    package let questions: [Question]
    package let conflicts: [Conflict]
    /// Numbers that requirements need and nobody is asked for.
    var values: [DerivedValue]
    /// What answers become.
    var requirements: [RequirementTemplate]
    /// What else they say.
    var notes: [NoteTemplate]

    /// The question of an id.
    ///
    /// - Throws: a sentence with the nearest id.
    package func question(_ id: String) throws(EngineerError) -> Question {
        if let question = questions.first(where: { $0.id == id }) { return question }
        let hint = nearest(to: id, in: questions.map(\.id)).map { " Did you mean \($0)?" } ?? ""
        throw EngineerError(
            code: .invalidRequest,
            message:
                "No question of the interview is called \"\(id.prefix(60))\".\(hint) `neo interview --status` lists "
                + "them.")
    }
}
