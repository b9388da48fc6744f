internal import Base

/// Requirements as the answers of an interview say them: a pure function of what was asked, answered and found.
///
/// Each number stands in the sentence and in the test, and comes from one answer. What nobody knows is drafted with what
/// Neo suggests, as an assumption; where nothing is suggested it is an open question. What Neo's own rules refuse is one, too.
package struct RequirementsDraft: Sendable {
    /// What is drafted; it reads back as itself, and no rule finds anything in it.
    package private(set) var document = RequirementsDocument()
    /// With the suggestions in place of what nobody knew.
    private var interview: Interview
    /// Why something is suggested, by the questions that nobody could answer.
    private var assumed: [String: String] = [:]
    private var values: [String: JSONValue] = [:]
    private var used: Set<String> = []

    /// Drafts.
    package init(_ asked: Interview, project: ProjectFile) {
        interview = asked
        document.title = "Requirements of \(Self.line(project.name, to: 100))"
        if let goal = project.goal { document.introduction = Prose(MarkdownField.encoded(Self.line(goal, to: 1000))) }
        document.foreword = RequirementsReading.foreword
        suppose()
        for value in asked.questionnaire.values {
            values[value.id] = value.choices.first { interview.holds($0.when) }?.value
        }
        for template in asked.questionnaire.requirements { add(template) }
        for template in asked.questionnaire.notes { add(template) }
        addAssumptions()
        addOpenQuestions(asked)
        document[.budget] = Self.budget(project)
    }

    /// Answers in Neo's place what nobody knew. In the questionnaire's order: an earlier answer decides later suggestions.
    private mutating func suppose() {
        for question in interview.questionnaire.questions where interview.applies(question) {
            guard let answer = interview.state.current(question.id), answer.value == nil,
                let suggestion = interview.step(question).suggestion
            else { continue }
            assumed[question.id] = suggestion.why
            interview.state.answers.append(
                InterviewState.Answer(
                    question: question.id, asked: answer.asked, value: suggestion.value, source: answer.source,
                    at: answer.at, conflict: answer.conflict))
        }
    }

    /// The answer to a question that is asked; nil where there is none.
    private func answer(_ id: String?) -> InterviewState.Answer? {
        guard let question = interview.questionnaire.questions.first(where: { $0.id == id }),
            interview.applies(question), let answer = interview.state.current(question.id), answer.value != nil
        else { return nil }
        return answer
    }

    private mutating func add(_ template: RequirementTemplate) {
        guard let answer = answer(template.question), interview.holds(template.when),
            !document.requirements.contains(where: { $0.id == template.id }),
            let text = filled(template.text, isSentence: true), let test = filled(template.test, isSentence: true)
        else { return }
        var requirement = Requirement(
            id: template.id, text: text, metric: template.metric, criterion: Criterion(written: test),
            measurement: template.measurement, source: source(answer))
        let notes = [template.note.flatMap { filled($0) }].compactMap { $0 } + followUps(on: template.id)
        requirement.prose = Prose(notes.joined(separator: "\n\n"))
        var alone = RequirementsDocument()
        alone.requirements = [requirement]
        if let finding = RequirementsLinter.findings(in: alone).first {
            let words = filled("{\(template.question)}") ?? ""
            document[.openQuestions].append(
                "What is meant by \"\(words)\" (\(template.question))? As a requirement it is refused. \(finding.sentence)"
            )
            return
        }
        document.requirements.append(requirement)
        used.formUnion(interview.questionnaire.values.map(\.id).filter { template.text.contains("{\($0)}") })
    }

    /// What a model asked about a requirement, with the answers, as a line each.
    private func followUps(on id: String) -> [String] {
        (interview.state.followUps ?? []).compactMap { followUp in
            guard followUp.changes == id, interview.question(followUp) != nil,
                let answer = interview.state.current(followUp.id), let value = answer.value
            else { return nil }
            return "Model follow-up (\(Self.line(followUp.model, to: 100))): \(Self.line(followUp.ask)) Answer: "
                + "\"\(Self.line(value.string ?? value.canonicalText))\" (\(followUp.id), \(Self.who(answer)))"
        }
    }

    private mutating func add(_ template: NoteTemplate) {
        guard interview.holds(template.when) else { return }
        guard let question = template.question else {
            if let text = filled(template.text) { document[template.list].append(text) }
            return
        }
        guard let answer = answer(question), let text = filled(template.text) else { return }
        document[template.list].append("\(text) (\(question), \(Self.who(answer)))")
    }

    private mutating func addAssumptions() {
        for value in interview.questionnaire.values where used.contains(value.id) {
            if let text = filled(value.why) { document[.assumptions].append(text) }
        }
        for question in interview.questionnaire.questions {
            guard let why = assumed[question.id], let answer = answer(question.id), let value = answer.value else {
                continue
            }
            document[.assumptions].append(
                "Nobody knew: \(Self.line(answer.asked)) Neo assumes \(Self.line(question.form.words(value))), because "
                    + "\(Self.line(why)). (\(question.id), asked of \(Self.who(answer)))")
        }
    }

    private mutating func addOpenQuestions(_ asked: Interview) {
        for question in asked.questionnaire.questions where asked.applies(question) {
            guard let answer = asked.state.current(question.id) else {
                document[.openQuestions].append(
                    "Not asked yet: \(Self.line(asked.step(question).asked)) (\(question.id))")
                continue
            }
            if answer.value == nil, assumed[question.id] == nil {
                document[.openQuestions].append(
                    "Nobody knew: \(Self.line(answer.asked)) (\(question.id), asked of \(Self.who(answer)))")
            }
        }
        for followUp in asked.state.followUps ?? [] where asked.question(followUp) != nil {
            let state = asked.state.current(followUp.id)
            let word =
                state == nil
                ? "Not answered yet" : state?.value == nil ? "Nobody knew" : "Does \(followUp.changes) change"
            document[.openQuestions].append(
                state?.value == nil
                    ? "\(word): \(Self.line(followUp.ask)) (\(followUp.id), may change \(followUp.changes))"
                    : "\(word) by the answer to \(followUp.id), which stands below it?")
        }
        let unsettled = asked.conflicts
        for conflict in asked.questionnaire.conflicts where asked.holds(conflict.when) {
            let names = conflict.questions.joined(separator: " and ")
            if unsettled.contains(conflict) {
                document[.openQuestions].append("Which answer holds, \(names)? \(conflict.why)")
            } else {
                document[.risks].append("\(conflict.why) Whoever answered \(names) means both.")
            }
        }
    }

    private func source(_ answer: InterviewState.Answer) -> String {
        assumed[answer.question] == nil
            ? "interview, \(answer.question) (\(Self.who(answer)))"
            : "Neo's suggestion: interview, \(answer.question), which \(Self.who(answer)) did not know"
    }

    private static func who(_ answer: InterviewState.Answer) -> String {
        let way = answer.source.way == .agent ? ", an agent" : ""
        return "\(line(answer.source.name, to: 100))\(way), \(answer.at.prefix(10))"
    }

    /// Puts answers, values and facts in their places; nil where one of them is not known.
    ///
    /// - Parameter isSentence: whether only numbers may be put there: words of people stand in no sentence that rules read.
    private func filled(_ template: String, isSentence: Bool = false) -> String? {
        var isWhole = true
        let text = template.replacing(/\{([^}]*)\}/) { match -> String in
            let id = String(match.output.1)
            if let value = values[id] { return value.canonicalText }
            if let fact = interview.facts[id] { return fact.string ?? fact.canonicalText }
            guard let value = answer(id)?.value,
                let question = interview.questionnaire.questions.first(where: { $0.id == id }),
                !isSentence || value.number != nil
            else {
                isWhole = false
                return ""
            }
            return Self.words(value, question.form)
        }
        return isWhole ? text : nil
    }

    private static func words(_ value: JSONValue, _ form: AnswerForm) -> String {
        switch form {
        case .choice(let options): options.first { $0.value == value.string }?.words ?? form.words(value)
        case .number: value.number.map(JSONValue.digits) ?? value.canonicalText
        case .text: "\"\(line(form.words(value)))\""
        case .yesNo, .list: line(form.words(value))
        }
    }

    /// Words of people as a part of one line: what nobody sees is left out, and no comment of HTML begins.
    private static func line(_ text: String, to limit: Int = 2_100) -> String {
        RequirementNames.line(text, to: limit).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .replacing("<!--", with: "<! --")
    }

    private static func budget(_ file: ProjectFile) -> [String] {
        let units = ["usd": "US dollars", "tokens": "tokens", "minutes": "minutes"]
        var lines = file.budgets.sorted { $0.key < $1.key }.map { unit, amount in
            "Calls of language models may take \(JSONValue.digits(of: amount)) \(units[unit] ?? unit) (neo.yaml, budget)."
        }
        if let dollars = file.maxCost {
            lines.append("A search may spend \(JSONValue.digits(of: dollars)) US dollars (neo.yaml, search: max_cost).")
        }
        return lines.isEmpty ? ["neo.yaml sets no limit."] : lines
    }
}
