internal import Base
internal import Processes

/// Names a parser with its version, for the keys under which its output is kept.
struct ParserIdentity: Sendable, Hashable {
    /// Raise it when the same bytes would be parsed differently by Neo's own part.
    private static let version = "parse/2"

    let text: String

    /// Asks the well-known programs for their version; of others, takes the file's size and date, and the content
    /// of files among the arguments: a script that was changed is another parser.
    init(of parser: FileParser, folder: String?) async {
        var parts = [Self.version, parser.name]
        switch parser {
        case .htmlMain, .htmlFull: break
        case .pdfToText: parts.append(await Self.answer("pdftotext", "-v"))
        case .command(let command):
            switch command.executable {
            case "markitdown", "docling": parts.append(await Self.answer(command.executable, "--version"))
            default: parts += command.words.map { Self.facts($0, folder) }
            }
        }
        text = parts.joined(separator: "\u{0}")
    }

    private static func answer(_ executable: String, _ option: String) async -> String {
        let process = ChildProcess(executable: executable, arguments: [option], timeLimitSeconds: 60)
        guard let result = try? await process.run() else { return "" }
        let all = result.output + result.errorOutput
        return all.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    }

    /// What tells a program or script from a changed one.
    private static func facts(_ word: String, _ folder: String?) -> String {
        let found = word.contains("/") ? word : executablePath(of: word) ?? word
        let path = folder.map { FilePaths.join($0, found) } ?? found
        guard let status = try? FileStatus(of: path), status.kind == .file else { return "" }
        guard status.size < 1_000_000, let bytes = try? InputFile.read(path, limit: 1_000_000) else {
            return "\(status.size) \(status.modified)"
        }
        return ContentHash(of: String(decoding: bytes, as: UTF8.self)).hex
    }
}
