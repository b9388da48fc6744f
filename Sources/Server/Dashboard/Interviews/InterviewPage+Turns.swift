internal import Base
internal import Engineer

extension DashboardPages {
    /// The answers that count, in the order in which they were given.
    static func turns(_ interview: Interview, _ here: String) -> [JSONValue] {
        let answers = interview.state.answers
        var last: [String: Int] = [:]
        for (place, answer) in answers.enumerated() { last[answer.question] = place }
        let disputed = Set(interview.conflicts.flatMap(\.questions))
        return interview.questionnaire.questions.filter(interview.applies)
            .compactMap { question in last[question.id].map { (question, $0) } }.sorted { $0.1 < $1.1 }
            .map { question, place in
                let earlier = answers[..<place].filter { $0.question == question.id }
                return [
                    "anchor": .string("a-" + question.id), "asked": .string(answers[place].asked),
                    "reply": said(answers[place], question), "again": .string("\(here)?again=\(question.id)"),
                    "isDisputed": .bool(disputed.contains(question.id)),
                    "earlier": .array(earlier.suffix(20).map { said($0, question) }),
                    "anyEarlier": .bool(!earlier.isEmpty),
                ]
            }
    }

    /// Answers that do not count any more: their question is not asked now.
    static func unused(_ interview: Interview) -> [JSONValue] {
        let counted = Set(interview.questionnaire.questions.filter(interview.applies).map(\.id))
        return interview.state.answers.filter { !counted.contains($0.question) }.suffix(50).map { answer in
            let question = interview.questionnaire.questions.first { $0.id == answer.question }
            return ["asked": .string(answer.asked), "reply": said(answer, question)]
        }
    }

    /// An answer with who gave it.
    static func said(_ answer: InterviewState.Answer, _ question: Questionnaire.Question?) -> JSONValue {
        let words = answer.value.map { value in
            question?.form.words(value) ?? value.string ?? value.canonicalText
        }
        return [
            "words": .string(words ?? "I don't know"), "isUnknown": .bool(words == nil),
            "by": .string(answer.source.name), "way": .string(Self.words(of: answer.source.way)),
            "when": PageWords.time(answer.at),
        ]
    }

    private static func words(of way: InterviewState.Way) -> String {
        switch way {
        case .terminal: "at a terminal"
        case .file: "by a command"
        case .agent: "an agent"
        case .automated: "taken as suggested; nobody read it"
        case .browser: "in a browser"
        }
    }

    /// The form for a question.
    static func form(
        _ step: Interview.Step, _ interview: Interview, _ here: String, _ visitor: Visitor, _ refused: RefusedReply?
    ) throws -> JSONValue {
        let question = step.question
        let current = interview.state.current(question.id)
        // What a person typed stays; what they said before is there to be changed.
        let typed = refused?.question == question.id ? refused?.text : nil
        let before = current?.value.map(question.form.words)
        let suggested = step.suggestion.map { question.form.words($0.value) }
        var unit = ""
        if case .number(let name, _) = question.form { unit = name }
        let options = options(question.form, chosen: typed ?? suggested)
        let bare: (String) -> String = { unit.isEmpty ? $0 : String($0.dropLast(unit.count + 1)) }
        return [
            "question": .string(question.id), "asked": .string(step.asked), "action": .string(here),
            "isChoice": .bool(!options.isEmpty), "options": .array(options),
            "isText": .bool(question.form == .text), "isLine": .bool(options.isEmpty && question.form != .text),
            "mode": .string(unit.isEmpty ? "text" : "decimal"), "unit": .string(unit),
            "hint": .string(question.form == .list ? "One or more, with commas between them." : ""),
            "words": .string(typed ?? before.map(bare) ?? ""), "suggestedWords": .string(suggested ?? ""),
            "empty": .string(suggested.map(bare) ?? ""), "wording": .string(wording(step.asked)),
            "why": .string(step.suggestion?.why ?? ""), "hasSuggestion": .bool(step.suggestion != nil),
            "isAgain": .bool(current != nil), "isEmptyTaken": .bool(step.suggestion != nil && options.isEmpty),
            "suggested": .string(step.suggestion?.value.canonicalText ?? ""),
            "seen": .string(seen(question.id, interview.state, conflict: step.conflict?.id)),
            "author": .string(visitor.author),
            "conflict": try step.conflict.map { try conflict($0, interview, here) } ?? .null,
        ]
    }

    /// What a form was made from: how often the question was answered, and the contradiction that was shown.
    static func seen(_ question: String, _ state: InterviewState, conflict: String?) -> String {
        "\(state.answers.count { $0.question == question }) \(conflict ?? "")"
    }

    /// Names the words of a question: figures of documents are in them, which change.
    static func wording(_ asked: String) -> String { String(ContentHash(of: asked).hex.prefix(16)) }

    private static func options(_ form: AnswerForm, chosen: String?) -> [JSONValue] {
        let all: [(value: String, words: String)]
        switch form {
        case .choice(let options): all = options.map { ($0.value, $0.words) }
        case .yesNo: all = [("yes", ""), ("no", "")]
        case .number, .text, .list: return []
        }
        let place = all.firstIndex { $0.value == chosen }
        return all.enumerated().map { number, option in
            [
                "value": .string(option.value), "words": .string(option.words), "isChecked": .bool(number == place),
                "hasFocus": .bool(number == place ?? 0),
            ]
        }
    }

    private static func conflict(
        _ conflict: Questionnaire.Conflict, _ interview: Interview, _ here: String
    ) throws -> JSONValue {
        let sides: [JSONValue] = try conflict.questions.compactMap { id in
            guard let answer = interview.state.current(id) else { return nil }
            return [
                "asked": .string(answer.asked), "reply": said(answer, try interview.questionnaire.question(id)),
                "again": .string("\(here)?again=\(id)"),
            ]
        }
        return ["reason": .string(conflict.why), "sides": .array(sides)]
    }
}
