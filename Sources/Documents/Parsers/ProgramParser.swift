internal import Base
internal import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Turns a file into text with a program: `pdftotext`, or what the project names.
///
/// A program that is missing, fails, prints too much or takes too long is an error with one sentence.
struct ProgramParser: Sendable {
    /// What a program may print; and what is shown of its complaints.
    static let outputLimit = 64_000_000
    /// How long `pdftotext` may take for one file.
    static let timeLimitSeconds: Double = 300
    /// How long a program that the project names may take: reading the letters of a scan takes seconds a page, and a book
    /// has hundreds of them.
    static let longTimeLimitSeconds: Double = 3_600

    let executable: String
    let arguments: @Sendable (_ input: String, _ output: String) -> [String]
    let writesFiles: Bool
    /// Where it runs.
    var folder: String?
    var outputLimit = ProgramParser.outputLimit
    var timeLimitSeconds = ProgramParser.timeLimitSeconds

    /// What the program makes of a file.
    func text(of path: String) async throws -> String {
        guard writesFiles else { return try await output(of: path, folder: "") }
        let folder = FileManager.default.temporaryDirectory.appending(path: "neo-parse-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await output(of: path, folder: folder.path)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let written = names.filter { DocumentKind(path: $0)?.format == nil && DocumentKind(path: $0) != nil }
        guard let name = written.first else {
            throw DocumentsError(.unreadable, "\(executable) wrote no text into the folder that it was given.")
        }
        let bytes = try InputFile.read(folder.path + "/" + name, limit: outputLimit)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func output(of path: String, folder: String) async throws -> String {
        guard executable.contains("/") || executablePath(of: executable) != nil else {
            throw DocumentsError(
                .unreadable, "the program \(executable) is not installed. \(Self.remedy(for: executable))")
        }
        let result: ChildProcess.Result
        do {
            // The paths inside are those without links.
            let input = path.first == "/" ? Self.resolved(path) : path
            let output = Self.resolved(folder)
            var process = ConfinedProcess(executable: executable, arguments: arguments(input, output))
            process.outputLimit = outputLimit
            process.timeLimitSeconds = timeLimitSeconds
            process.readable = [input] + process.arguments.filter { $0.hasPrefix("/") && $0 != output }
            process.writable = folder.isEmpty ? [] : [output]
            if let home = self.folder {
                process.directory = home
                process.readable.append(home)
                process.hidden = [home + "/.neo"]
            }
            result = try await process.run()
        } catch let error as ProcessError {
            throw DocumentsError(.unreadable, error.message, cause: error)
        } catch let error as SandboxError {
            throw DocumentsError(.unreadable, error.message, cause: error)
        }
        guard result.status == 0 else {
            let complaint = result.errorOutput.split(whereSeparator: \.isNewline).last {
                !$0.allSatisfy(\.isWhitespace)
            }
            let said = complaint.map { " (\(Self.harmless($0)))" } ?? ""
            throw DocumentsError(.unreadable, "\(executable) ended with code \(result.status)\(said).")
        }
        guard result.outputLeftOut == 0 else {
            throw DocumentsError(
                .unreadable, "\(executable) printed more than \(outputLimit / 1_000_000) MB: split the file.")
        }
        return result.output
    }

    private static func resolved(_ path: String) -> String {
        path.isEmpty ? path : URL(filePath: path).resolvingSymlinksInPath().path
    }

    /// The command that brings a program.
    package static func remedy(for executable: String) -> String {
        switch executable {
        case "pdftotext": "Run: sudo apt-get install poppler-utils"
        case "markitdown", "docling": "Run: \(ParserSettings.converterRemedy)"
        default: "Install it, or name another parser under `parsers` in neo.yaml."
        }
    }

    private static func harmless(_ line: Substring) -> String {
        String(line.prefix(160).map { $0.isNewline || $0 == "\t" ? " " : $0 })
            .unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}
