package import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// An interview as it stands: what can be asked, what is known of the documents, and what was answered.
package struct Interview: Sendable {
    /// What is asked next.
    package struct Step: Sendable, Hashable {
        package let question: Questionnaire.Question
        /// The question with the facts that it names.
        package let asked: String
        /// What is suggested, and why.
        package let suggestion: Suggestion?
        /// The contradiction for which it is asked again.
        package let conflict: Questionnaire.Conflict?
        /// What a model says of it, where it is a follow-up.
        package var followUp: FollowUp?
    }

    /// An answer that is suggested.
    package struct Suggestion: Sendable, Hashable {
        package let value: JSONValue
        package let why: String
    }

    package let questionnaire: Questionnaire
    /// By name, such as `survey.documents`.
    let facts: [String: JSONValue]
    /// What was answered.
    package var state: InterviewState

    /// An interview.
    ///
    /// - Parameter survey: nil where the documents could not be read; questions about them are not asked then.
    package init(_ questionnaire: Questionnaire, survey: DocumentSurvey?, state: InterviewState, now: Date) {
        self.questionnaire = questionnaire
        facts = survey?.facts(at: now) ?? [:]
        self.state = state
    }

    /// Whether a question is asked, by the answers to earlier ones.
    package func applies(_ question: Questionnaire.Question) -> Bool { holds(question.when) }

    /// The answer that counts, or a fact; nil where it is not known. What is not asked any more does not count.
    func value(of name: String) -> JSONValue? {
        if let fact = facts[name] { return fact }
        guard let question = questionnaire.questions.first(where: { $0.id == name }), applies(question) else {
            return nil
        }
        return state.current(name)?.value
    }

    private func isUnknown(_ id: String) -> Bool {
        state.current(id).map { $0.value == nil } ?? false
    }

    func holds(_ condition: InterviewCondition) -> Bool {
        condition.holds(value: value, isUnknown: isUnknown)
    }

    /// The contradictions that nobody has said to mean.
    package var conflicts: [Questionnaire.Conflict] {
        questionnaire.conflicts.filter { conflict in
            holds(conflict.when) && !conflict.questions.contains { state.current($0)?.conflict == conflict.id }
        }
    }

    /// What is asked next: a contradiction first, then what was not asked yet. Nil where enough is known.
    package var next: Step? {
        if let conflict = conflicts.first, let id = conflict.questions.last,
            let question = questionnaire.questions.first(where: { $0.id == id })
        {
            return step(question, conflict: conflict)
        }
        return (questionnaire.questions.filter(applies) + followUpQuestions)
            .first { state.current($0.id) == nil }.map { step($0) }
    }

    /// A question as it is shown.
    package func step(_ question: Questionnaire.Question, conflict: Questionnaire.Conflict? = nil) -> Step {
        Step(
            question: question, asked: filled(question.ask), suggestion: suggestion(question), conflict: conflict,
            followUp: state.followUps?.first { $0.id == question.id })
    }

    private func suggestion(_ question: Questionnaire.Question) -> Suggestion? {
        if let answer = state.current(question.id), let value = answer.value {
            return Suggestion(value: value, why: "\(answer.source.name) said so on \(answer.at.prefix(10))")
        }
        for suggestion in question.suggestions where holds(suggestion.when) {
            let value = suggestion.value.string.map { .string(filled($0)) } ?? suggestion.value
            if let value = try? question.form.answer(value) {
                return Suggestion(value: value, why: filled(suggestion.why))
            }
        }
        return nil
    }

    /// Replaces `{survey.…}` by the facts.
    func filled(_ text: String) -> String {
        var result = text
        for (name, value) in facts where result.contains("{\(name)}") {
            result = result.replacing("{\(name)}", with: value.string ?? value.canonicalText)
        }
        return result
    }

    /// The answer to a question, ready to be kept.
    ///
    /// - Parameter given: what was typed or written; nil, and null, is "I don't know".
    /// - Throws: a sentence that says what an answer looks like.
    package func answer(
        _ id: String, _ given: JSONValue?, by source: InterviewState.Source, at now: Date
    ) throws(EngineerError) -> InterviewState.Answer {
        let question = try anyQuestion(id)
        var value: JSONValue?
        do {
            if let given, given != .null { value = try question.form.answer(given) }
        } catch {
            throw EngineerError(code: .invalidRequest, message: "\(id): \(error.message)")
        }
        return InterviewState.Answer(
            question: id, asked: filled(question.ask), value: value, source: source, at: now.timestamp,
            conflict: conflicts.first { $0.questions.contains(id) }?.id)
    }
}
