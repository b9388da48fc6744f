extension FileParser {
    /// Parses a file.
    ///
    /// - Parameters:
    ///   - path: the file, for programs.
    ///   - text: its content in UTF-8, for what Neo reads itself.
    ///   - folder: where programs run.
    /// - Throws: `DocumentsError` with one sentence where nothing can be made of the file.
    func parse(_ path: String, text: [UInt8], folder: String? = nil) async throws -> ParsedText {
        switch self {
        case .htmlMain: return HTMLParser.parse(text, extent: .main)
        case .htmlFull: return HTMLParser.parse(text, extent: .full)
        case .pdfToText(let layout):
            let options = ["-enc", "UTF-8", "-eol", "unix"] + (layout ? ["-layout"] : [])
            let program = ProgramParser(
                executable: "pdftotext", arguments: { input, _ in options + [input, "-"] }, writesFiles: false
            )
            let parsed = PDFText.parse(try await program.text(of: path), isLaidOut: layout)
            guard !parsed.isBlank else {
                throw DocumentsError(
                    .unreadable,
                    "it holds no text; if it is a scan, name a program that recognises text under `parsers` in neo.yaml, "
                        + "such as pdf: sh ocr-pdf.sh {input} (docs/neo-yaml.md has it under Scans)."
                )
            }
            return parsed
        case .command(let command):
            let program = ProgramParser(
                executable: command.executable, arguments: command.arguments, writesFiles: command.writesFiles,
                folder: folder, timeLimitSeconds: ProgramParser.longTimeLimitSeconds
            )
            return MarkdownText.parse(
                try await program.text(of: path), isSpreadsheet: path.lowercased().hasSuffix(".xlsx"))
        }
    }
}
