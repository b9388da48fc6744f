internal import Base
internal import Yams

extension Questionnaire {
    /// Reads what answers become, and holds it to its rules: each names a question, conditions and places in braces name
    /// questions, values or facts, and requirements of one number exclude each other by their conditions.
    mutating func readDrafting(_ reader: QuestionnaireReader, _ root: Node) throws(EngineerError) {
        let drafting = DraftingReader(reader: reader, questions: Set(questions.map(\.id)))
        for node in try reader.list("values", in: root) { values.append(try drafting.value(node)) }
        let values = Set(values.map(\.id))
        for node in try reader.list("requirements", in: root) {
            requirements.append(try drafting.requirement(node, values: values))
        }
        for node in try reader.list("notes", in: root) { notes.append(try drafting.note(node, values: values)) }
    }
}

/// Reads the templates of a questionnaire.
private struct DraftingReader {
    let reader: QuestionnaireReader
    let questions: Set<String>

    func value(_ node: Node) throws(EngineerError) -> DerivedValue {
        try reader.reader.checkKeys(node, known: ["id", "from", "choose", "why"], within: "a value")
        let id = try reader.text("id", in: node)
        var choices: [DerivedValue.Choice] = []
        for choice in try reader.list("choose", in: node) {
            guard let value = choice["value"].map(reader.reader.whole), value.number != nil else {
                throw reader.failure("A choice of the value \(id) needs a number under `value`.", choice)
            }
            choices.append(.init(when: try reader.condition(choice, questions), value: value))
        }
        guard choices.last?.when == .always else {
            throw reader.failure("The last choice of the value \(id) must hold always.", node)
        }
        return DerivedValue(
            id: id, question: try question(node), choices: choices,
            why: try text("why", node, names: questions.union([id])))
    }

    func requirement(_ node: Node, values: Set<String>) throws(EngineerError) -> RequirementTemplate {
        let keys = ["id", "from", "when", "text", "metric", "test", "measured by", "note"]
        try reader.reader.checkKeys(node, known: keys, within: "a requirement")
        let names = questions.union(values)
        return RequirementTemplate(
            id: try reader.text("id", in: node), question: try question(node),
            when: try reader.condition(node, questions), text: try text("text", node, names: names),
            metric: try reader.text("metric", in: node), test: try text("test", node, names: names),
            measurement: try reader.text("measured by", in: node),
            note: node["note"] == nil ? nil : try text("note", node, names: names))
    }

    func note(_ node: Node, values: Set<String>) throws(EngineerError) -> NoteTemplate {
        try reader.reader.checkKeys(node, known: ["list", "from", "when", "text"], within: "a note")
        let name = try reader.text("list", in: node)
        guard let list = RequirementsDocument.Topic(rawValue: name) else {
            throw reader.failure("There is no list \(name) in requirements.md.", node)
        }
        return NoteTemplate(
            list: list, question: node["from"] == nil ? nil : try question(node),
            when: try reader.condition(node, questions), text: try text("text", node, names: questions.union(values)))
    }

    private func question(_ node: Node) throws(EngineerError) -> String {
        let id = try reader.text("from", in: node)
        guard questions.contains(id) else {
            throw reader.failure("`from` names \(id), which is no question.", node)
        }
        return id
    }

    private func text(_ key: String, _ node: Node, names: Set<String>) throws(EngineerError) -> String {
        let text = try reader.text(key, in: node)
        for match in text.matches(of: /\{([^}]*)\}/) {
            let name = String(match.output.1)
            guard names.contains(name) || DocumentSurvey.factNames.contains(name) else {
                throw reader.failure("`\(key)` names {\(name)}, which is no question, value or fact.", node)
            }
        }
        return text
    }
}
