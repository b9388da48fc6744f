internal import Processes

/// Which parser reads which format: one choice of all that a search may try.
package struct ParserChoice: Sendable, Hashable {
    /// The parser's name by format; the first of the settings' for a format that is not named.
    package var names: [String: String]

    /// A choice; empty for the defaults.
    package init(_ names: [String: String] = [:]) {
        self.names = names
    }
}

/// The parsers that a project may use: what its `neo.yaml` says under `parsers`, else what Neo knows.
package struct ParserSettings: Sendable, Hashable {
    /// By format, the parsers' names, the default first; they replace the usual ones.
    package let named: [String: [String]]

    /// The usual parsers, but for the formats that are named.
    ///
    /// - Throws: `DocumentsError` for a name that is no parser.
    package init(_ named: [String: [String]] = [:]) throws(DocumentsError) {
        for (format, names) in named.sorted(by: { $0.key < $1.key }) {
            let isSuffix = !format.isEmpty && format.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
            guard isSuffix else {
                throw DocumentsError(
                    .badParser,
                    "\"\(format)\" is no format: name the files' suffix in lower case, without a dot, such as docx."
                )
            }
            guard !DocumentKind.isRead(suffix: format) else {
                throw DocumentsError(
                    .badParser,
                    "Files ending in .\(format) are read by Neo itself and can have no parser; leave \(format) out."
                )
            }
            guard !names.isEmpty else {
                throw DocumentsError(
                    .badParser, "The parsers of \(format) are an empty list. Name one, or leave it out.")
            }
            for name in names { _ = try FileParser(name: name, format: format) }
        }
        self.named = named
    }

    private init(usual: Void) {
        named = [:]
    }

    /// The usual parsers.
    package static let usual = ParserSettings(usual: ())

    /// The suffixes beyond Neo's own that there are parsers for.
    package var foreignFormats: Set<String> { Set(named.keys).subtracting(["html", "pdf"]) }

    /// Converters of office files, by program, the preferred one first. Without being told, docling writes whole
    /// pictures into the text, as base64.
    private static let converters = [
        "markitdown {input}", "docling --to md --image-export-mode placeholder --output {output} {input}",
    ]

    /// The command that brings the preferred converter.
    package static let converterRemedy = "pipx install 'markitdown[docx,pptx,xlsx]'"

    /// The parsers of a format, the default first.
    package func parsers(of format: String, isInstalled: (String) -> Bool = { executablePath(of: $0) != nil })
        -> [FileParser]
    {
        if let names = named[format] { return names.compactMap { try? FileParser(name: $0, format: format) } }
        if let own = FileParser.builtIn[format] { return own }
        let known = Self.converters.compactMap { try? ParserCommand($0) }
        let chosen = known.first { isInstalled($0.executable) } ?? known.first
        return chosen.map { [.command($0)] } ?? []
    }

    /// The parser of a format under a choice.
    package func parser(of format: String, _ choice: ParserChoice) throws(DocumentsError) -> FileParser {
        if let name = choice.names[format] { return try FileParser(name: name, format: format) }
        guard let first = parsers(of: format).first else {
            throw DocumentsError(.badParser, "There is no parser of \(format). Name one under `parsers` in neo.yaml.")
        }
        return first
    }
}

extension DocumentKind {
    /// Whether files of a suffix are read without any parser to choose.
    static func isRead(suffix: String) -> Bool {
        guard let kind = DocumentKind(path: "a." + suffix) else { return suffix == "jsonl" || suffix == "ndjson" }
        return kind.format == nil
    }
}
