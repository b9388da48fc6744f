internal import Base
internal import Retrieval

/// Date and language of a document, from what it says of itself, from its words, and from its file.
enum DocumentFacts {
    /// So much of a text is looked at to tell its language.
    private static let sample = 4_000

    private static let dateKeys = ["date", "updated", "last_updated", "lastmod", "modified", "published", "created"]

    /// Adds `date`, `year` and `lang`.
    static func complete(
        _ metadata: inout [String: JSONValue], _ parsed: ParsedText, kind: DocumentKind, modified: DocumentDate?
    ) {
        let own = dateKeys.compactMap { metadata[$0].flatMap(date) }.first
        if let date = own ?? (metadata["date"] == nil ? modified : nil) {
            metadata["date"] = .string(date.text)
            if metadata["year"] == nil { metadata["year"] = .integer(date.year) }
        }
        if case .code = kind { return }
        let said = ["lang", "language", "locale"].compactMap { metadata[$0]?.string.flatMap(Language.init(tag:)) }.first
        // Authors say it on purpose; templates set `lang` for pages in any language, so there the words come first.
        let language =
            kind == .html
            ? LanguageDetector.language(of: prose(of: parsed)) ?? said
            : said ?? LanguageDetector.language(of: prose(of: parsed))
        metadata["lang"] = language.map { .string($0.code) }
    }

    private static func date(_ value: JSONValue) -> DocumentDate? {
        value.string.flatMap { DocumentDate($0) } ?? value.integer.flatMap { DocumentDate(String($0)) }
    }

    private static func prose(of parsed: ParsedText) -> String {
        var text = ""
        for block in parsed.blocks {
            guard text.utf8.count < sample else { break }
            switch block.kind {
            case .paragraph, .list, .heading:
                let range = block.range.lowerBound..<min(block.range.upperBound, block.range.lowerBound + sample)
                text += parsed.text.utf8Slice(range) + "\n"
            case .code, .table: break
            }
        }
        return text
    }
}
