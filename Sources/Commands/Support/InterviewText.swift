internal import Base
internal import Engineer

/// An interview in words. Nothing here is harmless yet: questions name what documents hold.
enum InterviewText {
    /// A question with its options and what is suggested.
    static func question(_ step: Interview.Step) -> String {
        var lines: [String] = []
        if let conflict = step.conflict { lines.append("These answers contradict each other: \(conflict.why)") }
        if let followUp = step.followUp {
            lines.append("A model asks, for \(followUp.changes): \(followUp.why)")
        }
        lines.append(step.asked)
        switch step.question.form {
        case .choice(let options):
            lines += options.enumerated().map { "  \($0.offset + 1)  \($0.element.value): \($0.element.words)" }
        case .number(let unit, _): lines.append("  a number (\(unit))")
        case .yesNo: lines.append("  yes or no")
        case .list: lines.append("  one or more, with commas between them")
        case .text: break
        }
        if let suggestion = step.suggestion {
            lines.append("Suggested: \(step.question.form.words(suggestion.value)), because \(suggestion.why).")
        }
        return lines.joined(separator: "\n")
    }

    /// How much is known of each topic, and what was answered.
    static func status(_ interview: Interview) -> String {
        var lines: [String] = []
        for topic in interview.coverage {
            lines.append("\(topic.coverage.rawValue)  \(topic.topic.title) (\(topic.answered) of \(topic.asked))")
            for question in interview.questionnaire.questions
            where question.topic == topic.topic.id && interview.applies(question) {
                guard let answer = interview.state.current(question.id) else {
                    lines.append("    \(question.id): not asked yet")
                    continue
                }
                let words = answer.value.map(question.form.words) ?? "not known"
                let agent = answer.source.way == .agent ? ", an agent" : ""
                lines.append("    \(question.id): \(words) (\(answer.source.name)\(agent), \(answer.at.prefix(10)))")
            }
        }
        for question in interview.followUpQuestions {
            let answer = interview.state.current(question.id)
            let words = answer.map { $0.value.map(question.form.words) ?? "not known" } ?? "not asked yet"
            lines.append("    \(question.id): \(question.ask) \(words)")
        }
        lines += interview.conflicts.map { "contradiction: \($0.questions.joined(separator: " and ")): \($0.why)" }
        lines.append(interview.isComplete ? "Enough is known." : "The interview is not over: the same command goes on.")
        return lines.joined(separator: "\n")
    }
}
