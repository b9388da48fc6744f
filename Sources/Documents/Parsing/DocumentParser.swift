package import Base
package import Retrieval

/// Finds the structure of a document.
package struct DocumentParser: Sendable {
    private let diagnostics: DiagnosticCollector

    /// Findings go to `diagnostics`.
    package init(diagnostics: DiagnosticCollector) {
        self.diagnostics = diagnostics
    }

    /// The document of a text.
    ///
    /// Metadata: what the front matter says, then `path`, `kind`, `language` (of code) and `folder` (the first
    /// component of an id that has several), which front matter cannot replace; the loader adds `copies`, the ids of
    /// files with the same content.
    /// - Parameter path: where the file is, seen from the project; for metadata and diagnostics.
    package func parse(_ text: String, id: DocumentID, kind: DocumentKind, path: String) -> Document {
        let bytes = Array(text.utf8)
        var title: String?
        var metadata: [String: JSONValue] = [:]
        let blocks: [Document.Block]
        switch kind {
        case .markdown:
            let lines = TextLine.lines(of: bytes)
            let frontMatter = frontMatter(bytes, lines, path)
            var parser = MarkdownParser(bytes, lines: lines, from: frontMatter?.lineCount ?? 0)
            parser.parse()
            blocks = parser.blocks
            metadata = frontMatter?.values ?? [:]
            if !parser.directives.isEmpty { metadata["docc"] = .object(parser.directives) }
            title =
                metadata["title"]?.string.flatMap { $0.isEmpty ? nil : $0 }
                ?? MarkdownHeading.title(of: blocks, in: bytes)
                ?? parser.directives["DisplayName"]?.string
        case .text, .collection: blocks = ParagraphParser.blocks(of: bytes)
        case .code: blocks = CodeParser.blocks(of: bytes)
        }
        metadata.merge(kind.metadata) { $1 }
        metadata["path"] = .string(path)
        metadata["copies"] = nil
        let parts = id.rawValue.split(separator: "/")
        metadata["folder"] = parts.first { $0 != ".." }.flatMap { parts.count > 1 ? .string(String($0)) : nil }
        return Document(
            id: id, title: title ?? FilePaths.name(of: id.rawValue), text: text, blocks: blocks, metadata: metadata
        )
    }

    private func frontMatter(_ bytes: [UInt8], _ lines: [TextLine], _ path: String) -> FrontMatter? {
        do {
            return try FrontMatter(bytes, lines: lines)
        } catch {
            let sentence = "The front matter is read as text: \(error.sentence). Mend the YAML between the two ---."
            diagnostics.add(Diagnostic(.warning, sentence, file: path, line: error.line + 1))
            return nil
        }
    }
}
