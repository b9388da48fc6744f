internal import Base
internal import Yams

extension Questionnaire {
    /// The questionnaire of a kind, which is part of the program.
    package static func builtIn(_ kind: String = "rag") throws(EngineerError) -> Questionnaire {
        guard kind == "rag" else {
            throw EngineerError(
                code: .invalidRequest, message: "There is no interview for the kind \(kind); there is one for rag.")
        }
        return try Questionnaire(
            yaml: String(decoding: PackageResources.rag_yaml, as: UTF8.self), file: "rag.yaml")
    }

    /// Reads a questionnaire, and holds it to its rules: every topic has a question, ids are used once, conditions can be
    /// read and look at facts and at earlier questions only, and what is suggested is a valid answer.
    ///
    /// - Throws: a sentence with file and line.
    init(yaml: String, file: String) throws(EngineerError) {
        let root = try YAMLReader.parse(yaml, file: file, hint: "Start with `kind: rag`.")
        try QuestionnaireReader(YAMLReader(file: file, root: root, code: .invalidConfiguration)).check(root)
        let reader = QuestionnaireReader(YAMLReader(file: file, root: root, code: .invalidConfiguration))
        kind = try reader.text("kind", in: root)
        var topics: [Topic] = []
        for node in try reader.list("topics", in: root) {
            topics.append(Topic(id: try reader.text("id", in: node), title: try reader.text("title", in: node)))
        }
        self.topics = topics
        var questions: [Question] = []
        for node in try reader.list("questions", in: root) {
            questions.append(try reader.question(node, topics: topics, earlier: questions))
        }
        self.questions = questions
        if let topic = topics.first(where: { topic in !questions.contains { $0.topic == topic.id } }) {
            throw reader.failure("The topic \(topic.id) has no question.", root)
        }
        var conflicts: [Conflict] = []
        for node in try reader.list("conflicts", in: root) {
            conflicts.append(try reader.conflict(node, questions: questions))
        }
        self.conflicts = conflicts
        values = []
        requirements = []
        notes = []
        try readDrafting(reader, root)
    }
}

/// Reads the parts of a questionnaire.
struct QuestionnaireReader {
    private static let keys = ["kind", "topics", "questions", "conflicts", "values", "requirements", "notes"]

    let reader: YAMLReader

    init(_ reader: YAMLReader) {
        self.reader = reader
    }

    func check(_ root: Node) throws(EngineerError) {
        try reader.checkKeys(root, known: Self.keys, within: "the questionnaire")
    }

    func failure(_ sentence: String, _ node: Node) -> EngineerError {
        reader.failure(sentence, line: node.mark?.line)
    }

    func text(_ key: String, in node: Node) throws(EngineerError) -> String {
        guard let text = node[key]?.scalar?.string, !text.isEmpty else {
            throw failure("`\(key)` must be a text.", node)
        }
        return text
    }

    func list(_ key: String, in node: Node) throws(EngineerError) -> [Node] {
        guard let value = node[key] else { return [] }
        guard let list = value.sequence else { throw failure("`\(key)` must be a list.", value) }
        return Array(list)
    }

    func question(
        _ node: Node, topics: [Questionnaire.Topic], earlier: [Questionnaire.Question]
    ) throws(EngineerError) -> Questionnaire.Question {
        let keys = ["id", "topic", "ask", "form", "options", "unit", "bounds", "suggest", "when", "decides"]
        try reader.checkKeys(node, known: keys, within: "a question")
        let id = try text("id", in: node)
        let topic = try text("topic", in: node)
        guard topics.contains(where: { $0.id == topic }) else {
            throw failure("The question \(id) has the topic \(topic), which is not listed.", node)
        }
        guard !earlier.contains(where: { $0.id == id }) else {
            throw failure("Two questions have the id \(id).", node)
        }
        let form = try form(of: node)
        let known = Set(earlier.map(\.id))
        var suggestions: [Questionnaire.Suggestion] = []
        for suggestion in try list("suggest", in: node) {
            try reader.checkKeys(suggestion, known: ["when", "value", "why"], within: "a suggestion")
            guard let value = suggestion["value"].map(reader.whole) else {
                throw failure("A suggestion of \(id) has no `value`.", suggestion)
            }
            // What names facts is checked when they are known.
            if value.string?.contains("{") != true {
                do { _ = try form.answer(value) } catch {
                    throw failure("What is suggested for \(id) is no answer to it: \(error.message)", suggestion)
                }
            }
            suggestions.append(
                .init(
                    when: try condition(suggestion, known), value: value, why: try text("why", in: suggestion)))
        }
        return .init(
            id: id, topic: topic, ask: try text("ask", in: node), form: form, suggestions: suggestions,
            when: try condition(node, known), decides: try list("decides", in: node).compactMap { $0.scalar?.string })
    }

    func conflict(
        _ node: Node, questions: [Questionnaire.Question]
    ) throws(EngineerError) -> Questionnaire.Conflict {
        try reader.checkKeys(node, known: ["id", "when", "questions", "why"], within: "a conflict")
        let known = Set(questions.map(\.id))
        let named = try list("questions", in: node).compactMap { $0.scalar?.string }
        guard !named.isEmpty, known.isSuperset(of: named) else {
            throw failure("`questions` of a conflict must list ids of questions.", node)
        }
        let when = try condition(node, known)
        guard when != .always else { throw failure("A conflict needs a condition under `when`.", node) }
        return .init(id: try text("id", in: node), when: when, questions: named, why: try text("why", in: node))
    }

    private func form(of node: Node) throws(EngineerError) -> AnswerForm {
        let name = try text("form", in: node)
        switch name {
        case "choice":
            let options = node["options"]?.mapping?.compactMap { key, value in
                key.scalar.flatMap { key in
                    value.scalar.map { AnswerForm.Option(value: key.string, words: $0.string) }
                }
            }
            guard let options, options.count > 1 else {
                throw failure("A choice needs `options`: two or more values with their words.", node)
            }
            return .choice(options)
        case "number":
            let bounds = node["bounds"]?.sequence?.compactMap(\.float) ?? []
            guard bounds.count == 2, bounds[0] < bounds[1] else {
                throw failure("A number needs `bounds`, such as [0, 100].", node)
            }
            return .number(unit: try text("unit", in: node), bounds: bounds[0]...bounds[1])
        case "yesno": return .yesNo
        case "text": return .text
        case "list": return .list
        default: throw failure("The form \(name) is not known: choice, number, yesno, text or list.", node)
        }
    }

    func condition(_ node: Node, _ known: Set<String>) throws(EngineerError) -> InterviewCondition {
        guard node["when"] != nil else { return .always }
        do throws(EngineerError) {
            let condition = try InterviewCondition(parsing: try text("when", in: node))
            let names = condition.names.subtracting(known).subtracting(DocumentSurvey.factNames).sorted()
            guard let name = names.first else { return condition }
            let hint =
                nearest(to: name, in: known.union(DocumentSurvey.factNames).sorted())
                .map { " Did you mean \($0)?" } ?? ""
            throw EngineerError(
                code: .invalidConfiguration,
                message: "The condition names \(name), which is neither an earlier question nor a fact.\(hint)")
        } catch {
            throw failure(error.message, node)
        }
    }
}
