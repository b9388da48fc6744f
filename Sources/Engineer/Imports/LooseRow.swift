internal import Base
internal import RAG

/// One row of a foreign format: finds the golden fields under the names that tools give them.
///
/// Names: ours; ragas 0.1 (`question`, `answer`, `contexts`, `ground_truth`) and 0.2 (`user_input`, `reference`,
/// `reference_contexts`); context-grid (`gold`, `anchors`, `qtype`, `source_id`); ai4rag (`correct_answers`).
struct LooseRow {
    private let members: [String: JSONValue]

    /// Takes the members; names are compared without case, and `-` and blanks count as `_`.
    init(_ members: [String: JSONValue]) {
        var folded: [String: JSONValue] = [:]
        for (key, value) in members.sorted(by: { $0.key < $1.key }) where value != .null && value != "" {
            let name = String(key.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
            folded[name] = folded[name] ?? value
        }
        self.members = folded
    }

    private func first(_ names: String...) -> JSONValue? {
        names.lazy.compactMap { members[$0] }.first
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let value else { return nil }
        let text = value.string ?? value.integer.map(String.init) ?? value.number.map { "\($0)" }
        return text.flatMap { text in text.contains { !$0.isWhitespace } ? text : nil }
    }

    /// A list of texts; a text that is a JSON list is read as one, as spreadsheets keep lists.
    private static func texts(_ value: JSONValue?) -> [String] {
        guard let value else { return [] }
        if let elements = value.array { return elements.compactMap { text($0) } }
        if let string = value.string, string.hasPrefix("["), let list = try? JSONValue(parsing: string).array {
            return list.compactMap { text($0) }
        }
        return text(value).map { [$0] } ?? []
    }

    /// The question's text.
    var question: String? { Self.text(first("question", "user_input", "query", "q")) }

    /// The entry that the row makes; nil where it has no question.
    func entry(line: Int) -> ImportedSet.Entry? {
        guard let text = question else { return nil }
        var question = GoldenQuestion(id: Self.text(first("id", "qid", "question_id", "_id")) ?? "", question: text)
        let answers = first(
            "answers", "ground_truth", "ground_truths", "reference", "correct_answers", "gold", "expected_answer",
            "answer"
        )
        question.answers = Self.texts(answers)
        question.type = Self.text(first("type", "qtype", "question_type", "evolution_type", "synthesizer_name"))
        question.group = Self.text(first("group"))
        question.split = Self.text(first("split")).flatMap { GoldenQuestion.Split(named: $0) }
        question.isAnswerable = isAnswerable
        var entry = ImportedSet.Entry(question: question, line: line)
        addEvidence(to: &entry)
        return entry
    }

    private var isAnswerable: Bool {
        if let flag = first("answerable") {
            return flag.bool ?? !["false", "no", "0"].contains(Self.text(flag)?.lowercased() ?? "")
        }
        return Self.text(first("type", "qtype", "question_type"))?.lowercased() != "unanswerable"
    }

    private func addEvidence(to entry: inout ImportedSet.Entry) {
        let document = Self.text(first("source_id", "document", "doc", "file"))
        for anchor in first("evidence", "anchors")?.array ?? [] {
            let choices = (anchor["any_of"]?.array ?? [anchor]).compactMap { LooseRow($0.object ?? [:]).quote }
            if !choices.isEmpty {
                entry.question.evidence.append(choices)
            } else if let text = Self.text(anchor) ?? LooseRow(anchor.object ?? [:]).quoteText {
                add(text, document, to: &entry)
            }
        }
        // ragas keeps what a system retrieved elsewhere (`retrieved_contexts`): that is no evidence.
        for context in Self.texts(first("reference_contexts", "contexts")) { add(context, document, to: &entry) }
        if let text = quoteText, first("anchors") == nil { add(text, document, to: &entry) }
        for (name, grade) in first("relevant")?.object ?? [:] { entry.question.relevance[name] = grade.integer ?? 1 }
        for id in Self.texts(first("reference_context_ids", "correct_answer_document_ids")) {
            entry.question.relevance[id] = 1
        }
        if let document, entry.contexts.isEmpty, entry.question.evidence.isEmpty {
            entry.question.relevance[document] = Self.text(first("grade", "score")).flatMap { Int($0) } ?? 1
        }
    }

    private func add(_ text: String, _ document: String?, to entry: inout ImportedSet.Entry) {
        guard let document else {
            entry.contexts.append(text)
            return
        }
        let quote = EvidenceQuote(document: document, quote: text)
        if !entry.question.evidence.contains([quote]) { entry.question.evidence.append([quote]) }
    }

    private var quoteText: String? {
        let value = first("quote", "evidence", "context", "passage", "evidence_text")
        return value?.array == nil ? Self.text(value) : nil
    }

    private var quote: EvidenceQuote? {
        let document = Self.text(first("document", "source_id", "doc", "file", "doc_name"))
        guard let document, let text = quoteText else { return nil }
        return EvidenceQuote(document: document, quote: text)
    }
}
