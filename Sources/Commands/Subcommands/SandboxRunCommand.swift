internal import ArgumentParser
internal import Base
internal import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct SandboxRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a command inside walls: it sees the system's programs, /tmp, and what you name.",
        discussion: """
            Example:
              neo sandbox run --write . -- make test
              neo sandbox run --read data --limit memory=512M --limit wall=30 -- python3 count.py

            What you, version control and editors trust in a folder that may be written is read-only (docs/sandbox.md).
            The exit code is the command's; 126 where the walls could not be put up.
            """
    )

    @Option(help: ArgumentHelp("A file or folder that it may read and change.", valueName: "path"))
    var write: [String] = []

    @Option(help: ArgumentHelp("A file or folder that it may read.", valueName: "path"))
    var read: [String] = []

    @Option(
        help: ArgumentHelp("A host that it may reach, or *.domain; nothing where none is named.", valueName: "host"))
    var net: [String] = []

    @Option(
        help: ArgumentHelp(
            "A limit: wall or cpu in seconds, memory, file, tmp or output in bytes (K, M, G), processes.",
            valueName: "name=value"))
    var limit: [String] = []

    @Option(help: "What puts the walls up: bubblewrap, or gVisor's runsc, which has no network.")
    var runtime = SandboxRuntime.bubblewrap

    @Flag(help: "Say at the end what it took, and what kept its limits.")
    var usage = false

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func run() async throws {
        let words = command
        guard !words.isEmpty else { throw ValidationError("Name a command, after --.") }
        let policy = try policy()
        let result: SandboxResult
        do {
            result = try await Sandbox.find(runtime: runtime).run(words, under: policy) { stream, bytes in
                Terminal.pass(bytes, isResult: stream == .output)
            }
        } catch let error as SandboxError {
            Terminal.printError("neo: \(error.message)")
            throw ExitCode(126)
        }
        for limit in result.limitsHit.map(\.rawValue).sorted() {
            Terminal.printError("neo: ended: it came to its limit of \(limit).")
        }
        if usage { Terminal.printError("neo: \(result.usageSentence)") }
        for violation in result.violations { Terminal.printError("neo: \(Terminal.harmless(violation))") }
        if result.status != 0 { throw ExitCode(Int32(result.status)) }
    }

    private func policy() throws -> SandboxPolicy {
        let here = FileManager.default.currentDirectoryPath
        func path(_ text: String) -> String {
            URL(filePath: text.hasPrefix("/") ? text : "\(here)/\(text)").standardized.resolvingSymlinksInPath().path
        }
        var policy = SandboxPolicy()
        for folder in write.map(path) {
            let one = SandboxPolicy(workspace: folder)
            policy.writable.append(folder)
            var isFolder = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else { continue }
            policy.hidden += one.hidden
            policy.protected += one.protected
            policy.protectedWhereThere += one.protectedWhereThere
        }
        policy.readable = read.map(path)
        let shown = policy.writable + policy.readable
        let resolved = path(".")
        if shown.contains(where: { resolved == $0 || resolved.hasPrefix($0 + "/") }) { policy.directory = resolved }
        if !net.isEmpty { policy.network = .hosts(try HostRules(allow: net)) }
        for text in limit { try policy.limits.set(text) }
        return policy
    }
}

extension SandboxResult {
    /// What it took, and what kept its limits.
    fileprivate var usageSentence: String {
        func seconds(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000) s" }
        var parts = [seconds(usage.wallSeconds)]
        if let cpu = usage.cpuSeconds { parts.append("\(seconds(cpu)) of processor time") }
        if let peak = usage.peakBytes ?? usage.residentBytes { parts.append("\(peak >> 20) MB at most") }
        return parts.joined(separator: ", ") + "; \(walls.sentence)."
    }
}

extension SandboxLimits {
    /// Sets one limit from `name=value`.
    fileprivate mutating func set(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let number = Self.number(parts[1]), number > 0 else {
            throw ValidationError("\"\(text)\" is no limit: it is NAME=VALUE, such as memory=512M or wall=30.")
        }
        switch parts[0] {
        case "wall": wallSeconds = number
        case "cpu": cpuSeconds = number
        case "memory": memoryBytes = Int(number)
        case "processes": processes = Int(number)
        case "file": fileBytes = Int(number)
        case "tmp": temporaryBytes = Int(number)
        case "output": outputBytes = Int(number)
        default:
            throw ValidationError(
                "\"\(parts[0])\" is no limit: there are wall, cpu, memory, processes, file, tmp and output.")
        }
    }

    private static func number(_ text: String) -> Double? {
        let scales: [Character: Double] = ["K": 1_024, "M": 1_048_576, "G": 1_073_741_824]
        guard let last = text.uppercased().last else { return nil }
        let value = scales[last] == nil ? Double(text) : Double(text.dropLast()).map { $0 * (scales[last] ?? 1) }
        return value.flatMap { $0.isFinite && $0 < 1e15 ? $0 : nil }
    }
}
