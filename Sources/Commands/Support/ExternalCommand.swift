internal import Base
internal import Engineer
internal import Processes
internal import RAG
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A system that is a program: started once a question, which it reads from standard input, inside walls unless neo.yaml
/// says otherwise.
struct ExternalCommand: Sendable {
    private let setting: ExternalSetting
    private let words: [String]
    private let folder: String
    private let variables: [String: String]
    private let hidden: [String]

    /// A program for a project.
    ///
    /// - Throws: `EngineerError` where a variable is not set that the program is to get.
    init(
        _ setting: ExternalSetting, _ words: [String], folder: String, environment: [String: String]
    ) throws(EngineerError) {
        self.setting = setting
        self.words = words
        // Inside walls the paths are those without links.
        let home = Self.resolved(folder)
        self.folder = home
        var variables: [String: String] = [:]
        for name in setting.walls.environment {
            guard let value = environment[name] else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "neo.yaml gives the environment variable \(name) to the external system \(setting.name), "
                        + "but it is not set.")
            }
            variables[name] = value
        }
        self.variables = variables
        // What it is asked is answered there, and in what was measured before.
        let golden = (try? Project(opening: folder).file.golden) ?? "golden.jsonl"
        hidden = [".neo", ".git", golden, "results.json", "report.md", "report.html"].map {
            Self.path($0, in: home)
        }.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// What it prints.
    ///
    /// - Throws: `EngineerError` with a sentence where it fails or prints too much; `ProcessError` where it does not start,
    ///   or takes too long; `SandboxError` where there are no walls.
    func ask(_ request: JSONValue) async throws -> String {
        let program = words.first ?? ""
        let result = try await run(program, input: request.canonicalText + "\n")
        guard result.status == 0 else {
            let complaint = result.errorOutput.split(whereSeparator: \.isNewline).last {
                !$0.allSatisfy(\.isWhitespace)
            }
            let said = complaint.map { ": \($0.prefix(200))" } ?? ""
            throw EngineerError(
                code: .invalidRequest, message: "The program \(program) ended with code \(result.status)\(said).")
        }
        guard result.outputLeftOut == 0, result.output.utf8.count <= ExternalReply.byteLimit else {
            throw EngineerError(
                code: .invalidRequest,
                message: "The program \(program) printed more than \(ExternalReply.byteLimit / 1_000_000) MB.")
        }
        return result.output
    }

    private func run(_ program: String, input: String) async throws -> ChildProcess.Result {
        let arguments = Array(words.dropFirst())
        // The limit is one of both halves that are kept of a long output; a reply that is too long needs neither.
        let limit = 2 * ExternalReply.byteLimit
        if setting.walls.isOff {
            return try await ChildProcess(
                executable: program, arguments: arguments, directory: folder, input: input, outputLimit: limit,
                timeLimitSeconds: setting.timeLimitSeconds
            ).run()
        }
        var process = ConfinedProcess(executable: program, arguments: arguments)
        process.reason = "is a program that neo.yaml names"
        process.directory = folder
        process.readable = [folder] + (arguments.filter { $0.hasPrefix("/") } + setting.walls.read).map(path)
        process.workspaces = setting.walls.write.map(path)
        process.hidden = hidden
        process.variables = variables
        process.network = try setting.walls.network()
        process.input = input
        process.outputLimit = limit
        process.timeLimitSeconds = setting.timeLimitSeconds
        return try await process.run()
    }

    private func path(_ text: String) -> String { Self.path(text, in: folder) }

    private static func path(_ text: String, in folder: String) -> String {
        resolved(text.hasPrefix("/") ? text : "\(folder)/\(text)")
    }

    private static func resolved(_ path: String) -> String {
        URL(filePath: path).standardized.resolvingSymlinksInPath().path
    }
}
