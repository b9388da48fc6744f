internal import Base
internal import Processes
internal import Sandbox

/// Names a parser with its version, for the keys under which its output is kept.
struct ParserIdentity: Sendable, Hashable {
    /// Raise it when the same bytes would be parsed differently by Neo's own part.
    private static let version = "parse/3"

    let text: String

    /// Asks `pdftotext` for its version. Of other programs takes size and date, because a converter in Python takes a
    /// second to say its version, and its launcher is written anew with each version; and the content of files among
    /// the arguments: a script that was changed is another parser.
    init(of parser: FileParser, folder: String?) async {
        var parts = [Self.version, parser.name]
        switch parser {
        case .htmlMain, .htmlFull: break
        case .pdfToText: parts.append(await Self.answer("pdftotext", "-v"))
        case .command(let command):
            parts.append(Self.date(command.executable, folder))
            parts += command.words.map { Self.facts($0, folder) }
        }
        text = parts.joined(separator: "\u{0}")
    }

    /// Inside walls, as all that it does: what is found in PATH under this name may be anybody's. Asked once a load, of
    /// which each file costs as much.
    private static func answer(_ executable: String, _ option: String) async -> String {
        var process = ConfinedProcess(executable: executable, arguments: [option])
        process.outputLimit = 1 << 16
        process.timeLimitSeconds = 60
        guard let result = try? await process.run() else { return "" }
        let all = result.output + result.errorOutput
        return all.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    }

    /// What tells a program or script from a changed one.
    private static func facts(_ word: String, _ folder: String?) -> String {
        let path = path(word, folder)
        guard let status = try? FileStatus(of: path), status.kind == .file else { return "" }
        guard status.size < 1_000_000, let bytes = try? InputFile.read(path, limit: 1_000_000) else {
            return "\(status.size) \(status.modified)"
        }
        return ContentHash(of: String(decoding: bytes, as: UTF8.self)).hex
    }

    /// When a program was installed, which tells versions apart.
    private static func date(_ executable: String, _ folder: String?) -> String {
        guard let status = try? FileStatus(of: path(executable, folder)) else { return "" }
        return "\(status.size) \(status.modified)"
    }

    private static func path(_ word: String, _ folder: String?) -> String {
        let found = word.contains("/") ? word : executablePath(of: word) ?? word
        return folder.map { FilePaths.join($0, found) } ?? found
    }
}
