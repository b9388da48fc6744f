internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads golden rows and collects what is wrong with them, so that all is said at once.
struct GoldenRowParser {
    private static let keys = [
        "id", "question", "answers", "answer", "evidence", "relevant", "answerable", "type", "group", "split",
        "history",
    ]

    private let file: String
    private let diagnostics: DiagnosticCollector
    private(set) var questions: [GoldenQuestion] = []
    private(set) var lines: [String: Int] = [:]
    private(set) var errors: [String] = []

    init(file: String, diagnostics: DiagnosticCollector) {
        self.file = file
        self.diagnostics = diagnostics
    }

    mutating func fail(_ sentence: String, _ line: Int) {
        errors.append("\(file):\(line): error: \(sentence).")
    }

    private func warn(_ sentence: String, _ line: Int) {
        diagnostics.add(Diagnostic(.warning, sentence, file: file, line: line))
    }

    mutating func read(_ bytes: ArraySlice<UInt8>, line: Int) {
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
        let row: JSONValue
        do {
            row = try JSONValue(parsing: Data(bytes))
        } catch {
            let start = bytes.first { $0 != 0x20 }
            let hint =
                line == 1 && (start == UInt8(ascii: "[") || bytes.count <= 2)
                ? "; every line must hold one whole object: `neo import` reads other layouts"
                : MalformedJSON.column(of: bytes).map { " (column \($0))" } ?? ""
            return fail("the row is not valid JSON" + hint, line)
        }
        guard let members = row.object else {
            return fail("the row is not a JSON object; write {\"id\": …, \"question\": …}", line)
        }
        for key in members.keys.sorted() where !Self.keys.contains(key) {
            let hint = nearest(to: key, in: Self.keys).map { "did you mean \"\($0)\"?" }
            warn(
                "The key \"\(key)\" is unknown and is ignored; \(hint ?? "known are \(Self.keys.joined(separator: ", ")).")",
                line)
        }
        add(members, line)
    }

    private mutating func add(_ members: [String: JSONValue], _ line: Int) {
        let failures = errors.count
        let id = members["id"]?.string ?? members["id"]?.integer.map(String.init) ?? ""
        if id.isEmpty {
            fail("the row has no \"id\"; give it one that no other row has", line)
        } else if let first = lines[id] {
            fail("the id \"\(id)\" is that of line \(first) already; give one of the rows another id", line)
        } else {
            lines[id] = line
        }
        let text = members["question"]?.string ?? ""
        if !text.contains(where: { !$0.isWhitespace }) { fail("the row has no \"question\"", line) }
        var question = GoldenQuestion(id: id, question: text)
        question.answers = answers(members, line)
        question.evidence = evidence(members["evidence"], line)
        question.relevance = relevance(members["relevant"], line)
        if let value = members["answerable"], value != .null {
            if let flag = value.bool {
                question.isAnswerable = flag
            } else {
                fail("\"answerable\" is neither true nor false", line)
            }
        }
        question.history = history(members["history"], line)
        question.type = label("type", members, line)
        question.group = label("group", members, line)
        if let name = label("split", members, line) {
            question.split = GoldenQuestion.Split(named: name)
            if question.split == nil {
                fail("the split \"\(name)\" is unknown; write \"search\" or \"held-out\"", line)
            }
        }
        guard errors.count == failures else { return }
        if question.isAnswerable, question.evidence.isEmpty, question.relevance.isEmpty {
            warn("The question has neither evidence nor relevant documents: its retrieval cannot be judged.", line)
        } else if !question.isAnswerable, !question.evidence.isEmpty {
            warn("The question is marked as not answerable, but has evidence. One of the two is wrong.", line)
        }
        questions.append(question)
    }

    private mutating func label(_ key: String, _ members: [String: JSONValue], _ line: Int) -> String? {
        guard let value = members[key], value != .null else { return nil }
        if let text = value.string ?? value.integer.map(String.init) { return text.isEmpty ? nil : text }
        fail("\"\(key)\" is not a text", line)
        return nil
    }

    private mutating func answers(_ members: [String: JSONValue], _ line: Int) -> [String] {
        guard let value = members["answers"] ?? members["answer"], value != .null else { return [] }
        let answers = value.array ?? [value]
        let texts = answers.compactMap { $0.string ?? ($0.number == nil ? nil : $0.canonicalText) }
        if texts.count < answers.count { fail("\"answers\" is not a list of texts", line) }
        return texts
    }

    private mutating func evidence(_ value: JSONValue?, _ line: Int) -> [[EvidenceQuote]] {
        guard let value, value != .null else { return [] }
        guard let elements = value.array else {
            fail("\"evidence\" is not a list; write [{\"document\": …, \"quote\": …}]", line)
            return []
        }
        var groups: [[EvidenceQuote]] = []
        for element in elements {
            let choices = element["any_of"]?.array ?? [element]
            let quotes = choices.compactMap { quote($0) }
            if quotes.isEmpty || quotes.count < choices.count {
                fail("an element of \"evidence\" is not {\"document\": …, \"quote\": …} or {\"any_of\": […]}", line)
            }
            groups.append(quotes)
        }
        return groups
    }

    private mutating func history(_ value: JSONValue?, _ line: Int) -> [DialogueTurn] {
        guard let value, value != .null else { return [] }
        let turns = (value.array ?? []).compactMap { turn -> DialogueTurn? in
            guard let text = turn["content"]?.string, text.contains(where: { !$0.isWhitespace }) else { return nil }
            return switch turn["role"]?.string {
            case "user": DialogueTurn(isAnswer: false, text: text)
            case "assistant": DialogueTurn(isAnswer: true, text: text)
            default: nil
            }
        }
        if value.array == nil || turns.count < value.array?.count ?? 0 {
            fail(
                "\"history\" is not a list of turns; write [{\"role\": \"user\" or \"assistant\", \"content\": …}]",
                line)
        }
        return turns
    }

    private func quote(_ value: JSONValue) -> EvidenceQuote? {
        guard let document = value["document"]?.string, let quote = value["quote"]?.string else { return nil }
        guard !document.isEmpty, quote.contains(where: { !$0.isWhitespace }) else { return nil }
        return EvidenceQuote(document: document, quote: quote)
    }

    private mutating func relevance(_ value: JSONValue?, _ line: Int) -> [String: Int] {
        guard let value, value != .null else { return [:] }
        var grades: [String: Int] = [:]
        for (document, grade) in value.object ?? [:] { grades[document] = grade.integer }
        if value.object?.count != grades.count || grades.values.contains(where: { $0 < 0 }) {
            fail("\"relevant\" is not an object of whole grades from 0, such as {\"docs/a.md\": 1}", line)
        }
        return grades
    }
}
