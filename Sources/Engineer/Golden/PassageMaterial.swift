internal import Base
internal import RAG
internal import Retrieval

/// What questions are made from: the sentences, headings and tables of a document.
struct PassageMaterial: Sendable {
    /// A sentence, and where it stands.
    struct Sentence: Sendable {
        /// As it stands in the document.
        var quote: String
        /// Its words without marks, and without what stands in brackets.
        var words: [String]
        var line: Int
        /// The part of the document that it is in, which is what questions are looked for in.
        var section: Int
        /// The heading above it, if it is the first sentence below it.
        var opens: String?
    }

    /// A row of a table, by the names of its columns.
    struct Row: Sendable {
        var quote: String
        var line: Int
        var section: Int
        var cells: [(column: String, value: String)]
    }

    let document: String
    let title: String
    private(set) var headings: [String] = []
    private(set) var sentences: [Sentence] = []
    private(set) var rows: [Row] = []
    /// The text of each section with its headings.
    private(set) var sections: [String] = []

    /// Reads a document.
    init(_ document: Document) {
        self.document = document.id.rawValue
        title = document.title
        let lines = LineIndex(document.text)
        var opened: String?
        var path: [(level: Int, text: String)] = []
        func begin() { sections.append(([document.title] + path.map(\.text)).joined(separator: "\n")) }
        begin()
        for block in document.blocks {
            let text = document.text.utf8Slice(block.range)
            switch block.kind {
            case .heading(let level):
                let heading = PlainText.of(heading: text)
                path.removeAll { $0.level >= level }
                path.append((level, heading))
                headings.append(heading)
                opened = heading
                begin()
            case .paragraph, .list:
                sections[sections.count - 1] += "\n" + text
                for range in PassageSentences.ranges(in: text) {
                    let quote = text.utf8Slice(range)
                    guard let words = Self.words(of: quote) else { continue }
                    sentences.append(
                        Sentence(
                            quote: quote, words: words, line: lines.line(at: block.range.lowerBound + range.lowerBound),
                            section: sections.count - 1, opens: opened))
                    opened = nil
                }
            case .table:
                sections[sections.count - 1] += "\n" + text
                addRows(of: text, line: lines.line(at: block.range.lowerBound))
            case .code: sections[sections.count - 1] += "\n" + text
            }
        }
    }

    /// The words of a sentence; nil where it holds what no question may hold: marks that steer a terminal or turn the
    /// direction of text, and what no reader sees.
    private static func words(of quote: String) -> [String]? {
        let isHostile = quote.unicodeScalars.contains { scalar in
            scalar != "\n" && scalar != "\t"
                && (scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format)
        }
        guard !isHostile else { return nil }
        var depth = 0
        var plain = ""
        for character in PlainText.of(quote) {
            switch character {
            case "(" where plain.last?.isWhitespace ?? true: depth += 1
            case ")" where depth > 0: depth -= 1
            default: if depth == 0 { plain.append(character) }
            }
        }
        guard depth == 0 else { return nil }
        let words = plain.split(whereSeparator: \.isWhitespace).map(String.init)
        return (4...60).contains(words.count) ? words.filter { $0 != "," } : nil
    }

    private mutating func addRows(of text: String, line first: Int) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 2, lines[1].contains("-"), lines[1].allSatisfy({ "|-: \t\r".contains($0) }) else { return }
        let columns = Self.cells(lines[0])
        guard columns.count > 1, Set(columns).count == columns.count else { return }
        for (offset, line) in lines.enumerated().dropFirst(2) {
            let values = Self.cells(line)
            guard values.count == columns.count, Self.words(of: String(line) + " a a a a") != nil else { continue }
            rows.append(
                Row(
                    quote: line.trimming { $0.isWhitespace }, line: first + offset, section: sections.count - 1,
                    cells: Array(zip(columns, values))))
        }
    }

    private static func cells(_ line: Substring) -> [String] {
        let inner = line.trimming { $0.isWhitespace || $0 == "|" }
        return inner.split(separator: "|", omittingEmptySubsequences: false).map { PlainText.of(String($0)) }
    }
}
