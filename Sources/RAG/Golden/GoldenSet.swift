package import Base
internal import Documents

/// The questions of a `golden.jsonl`.
package struct GoldenSet: Sendable {
    /// The questions, in the order of the file.
    package let questions: [GoldenQuestion]
    /// The file, as messages call it.
    package let file: String
    /// The line, from 1, of each question by id.
    package let lines: [String: Int]

    /// A set that was not read from a file.
    package init(_ questions: [GoldenQuestion], file: String = "golden.jsonl") {
        self.questions = questions
        self.file = file
        lines = Dictionary(questions.enumerated().map { ($1.id, $0 + 1) }) { first, _ in first }
    }

    /// Reads the rows of a file: one JSON object a line.
    ///
    /// - Parameter file: the name for messages, e.g. the path seen from the project; the path itself where nil.
    /// - Throws: one error with a sentence for every bad row.
    package init(path: String, file: String? = nil, diagnostics: DiagnosticCollector) throws {
        let bytes = try InputFile.read(path, limit: 100_000_000)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RAGError(
                code: .invalidGoldenSet, message: "\(file ?? path) is not UTF-8: save it with that encoding.")
        }
        try self.init(parsing: text, file: file ?? path, diagnostics: diagnostics)
    }

    /// Reads rows: `{id, question, answers[] | answer, evidence[], relevant{}, answerable, type, group, split,
    /// history[]}`.
    ///
    /// An element of `evidence` is `{document, quote}` or `{any_of: [{document, quote}, …]}`. Unknown keys are
    /// warnings.
    /// - Throws: one error with a sentence for every bad row.
    package init(parsing text: String, file: String, diagnostics: DiagnosticCollector) throws {
        var parser = GoldenRowParser(file: file, diagnostics: diagnostics)
        let bytes = Array(text.utf8)
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let content = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
            parser.read(content, line: number)
        }
        if parser.questions.isEmpty, parser.errors.isEmpty {
            parser.fail("there are no questions; write one {\"id\", \"question\", \"answers\", \"evidence\"} a line", 1)
        }
        guard parser.errors.isEmpty else {
            let shown = parser.errors.prefix(50)
            let more = parser.errors.count > shown.count ? "\n… and \(parser.errors.count - shown.count) more" : ""
            throw RAGError(code: .invalidGoldenSet, message: shown.joined(separator: "\n") + more)
        }
        questions = parser.questions
        lines = parser.lines
        self.file = file
    }

    /// The questions as a `golden.jsonl`.
    package var text: String {
        questions.map { $0.json.canonicalText + "\n" }.joined()
    }
}
