/// A way to turn the files of one format into text: one value of the search's parameter `parser.<format>`.
package enum FileParser: Sendable, Hashable {
    /// The main text of a page.
    case htmlMain
    /// All text of a page.
    case htmlFull
    /// Poppler's `pdftotext`, in reading order or as laid out.
    case pdfToText(layout: Bool)
    /// A program that the project names.
    case command(ParserCommand)

    /// The parser of a name: a built-in one, or a command line.
    ///
    /// - Throws: `DocumentsError` that says what the format's parsers are.
    package init(name: String, format: String) throws(DocumentsError) {
        if let known = Self.builtIn[format]?.first(where: { $0.name == name }) {
            self = known
            return
        }
        guard name.contains("{input}") else {
            let known = (Self.builtIn[format] ?? []).map { "\"\($0.name)\"" }
            throw DocumentsError(
                .badParser,
                "\"\(name)\" is no parser of \(format). It can be "
                    + (known + ["a command with {input}, such as \"markitdown {input}\""]).joined(separator: ", ") + "."
            )
        }
        self = .command(try ParserCommand(name))
    }

    /// The name in configurations and reports.
    package var name: String {
        switch self {
        case .htmlMain: "main"
        case .htmlFull: "full"
        case .pdfToText(let layout): layout ? "pdftotext -layout" : "pdftotext"
        case .command(let command): command.template
        }
    }

    /// The program that it needs.
    package var executable: String? {
        switch self {
        case .htmlMain, .htmlFull: nil
        case .pdfToText: "pdftotext"
        case .command(let command): command.executable
        }
    }

    /// What is tried where the project names no parsers, the default first.
    package static let builtIn: [String: [FileParser]] = [
        "html": [.htmlMain, .htmlFull],
        "pdf": [.pdfToText(layout: false), .pdfToText(layout: true)],
    ]
}
