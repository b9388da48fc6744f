package import Base
package import Retrieval

/// Finds the structure of a document, and what it says of itself.
package struct DocumentParser: Sendable {
    private let diagnostics: DiagnosticCollector

    /// Findings go to `diagnostics`.
    package init(diagnostics: DiagnosticCollector) {
        self.diagnostics = diagnostics
    }

    /// The document of a text that needs no other program: Markdown, plain text or code.
    ///
    /// Metadata: see `document`.
    /// - Parameter path: where the file is, seen from the project; for metadata and diagnostics.
    package func parse(_ text: String, id: DocumentID, kind: DocumentKind, path: String) -> Document {
        document(Self.parsed(text, kind: kind), id: id, kind: kind, path: path)
    }

    /// What is in a text, whatever its file is called.
    static func parsed(_ text: String, kind: DocumentKind) -> ParsedText {
        let bytes = Array(text.utf8)
        switch kind {
        case .markdown: return markdown(text, bytes)
        case .html: return HTMLParser.parse(bytes, extent: .main)
        case .code: return ParsedText(text: text, blocks: CodeParser.blocks(of: bytes))
        case .text, .collection, .pdf, .foreign:
            return ParsedText(text: text, blocks: ParagraphParser.blocks(of: bytes))
        }
    }

    /// The document of a parsed text.
    ///
    /// Metadata: what the text says of itself (front matter, HTML's `meta`), with `date` as `2024-05-31` and `year`
    /// where a date is known, and `lang`, the ISO 639-1 code of the language, where it is known; then `path`, `kind`,
    /// `language` (of code) and `folder` (the first component of an id that has several), which no text can replace;
    /// the loader adds `copies`, the ids of files with the same content.
    /// - Parameter modified: the date of the file, for documents that give none.
    func document(
        _ parsed: ParsedText, id: DocumentID, kind: DocumentKind, path: String, modified: DocumentDate? = nil
    ) -> Document {
        for problem in parsed.problems {
            diagnostics.add(Diagnostic(.warning, problem.sentence, file: path, line: problem.line))
        }
        var metadata = parsed.metadata
        DocumentFacts.complete(&metadata, parsed, kind: kind, modified: modified)
        metadata.merge(kind.metadata) { $1 }
        metadata["path"] = .string(path)
        metadata["copies"] = nil
        let parts = id.rawValue.split(separator: "/")
        metadata["folder"] = parts.first { $0 != ".." }.flatMap { parts.count > 1 ? .string(String($0)) : nil }
        return Document(
            id: id, title: parsed.title ?? FilePaths.name(of: id.rawValue), text: parsed.text, blocks: parsed.blocks,
            metadata: metadata, pageStarts: parsed.pageStarts
        )
    }

    private static func markdown(_ text: String, _ bytes: [UInt8]) -> ParsedText {
        let lines = TextLine.lines(of: bytes)
        var parsed = ParsedText(text: text, blocks: [])
        var frontMatter: FrontMatter?
        do {
            frontMatter = try FrontMatter(bytes, lines: lines)
        } catch {
            let sentence = "The front matter is read as text: \(error.sentence). Mend the YAML between the two ---."
            parsed.problems.append(ParsedText.Problem(sentence: sentence, line: error.line + 1))
        }
        var parser = MarkdownParser(bytes, lines: lines, from: frontMatter?.lineCount ?? 0)
        parser.parse()
        parsed.blocks = parser.blocks
        parsed.metadata = frontMatter?.values ?? [:]
        if !parser.directives.isEmpty { parsed.metadata["docc"] = .object(parser.directives) }
        parsed.title =
            parsed.metadata["title"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            ?? MarkdownHeading.title(of: parsed.blocks, in: bytes)
            ?? parser.directives["DisplayName"]?.string
        return parsed
    }
}
