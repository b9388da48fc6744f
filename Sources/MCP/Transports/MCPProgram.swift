internal import Base
internal import Processes
package import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A server that is a program of this machine, and the walls around it.
package struct MCPProgram: Sendable {
    /// Its words; no shell reads them.
    package var command: [String]
    /// Its whole environment, without walls: what says how programs work, and what its setting names.
    package var environment: [String: String]
    /// What it may see, change and reach; nil where it runs without walls.
    package var policy: SandboxPolicy?
    /// Where it starts, without walls.
    package var directory: String?

    /// A program as a setting describes it.
    ///
    /// - Parameters:
    ///   - hidden: files and folders that are not there for it, whatever its walls let it see.
    ///   - environment: where its variables have their values.
    /// - Throws: `MCPError` where a variable is missing, the program is not there, or a host is none.
    package init(
        _ setting: MCPServerSetting, hidden: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(MCPError) {
        guard case .program(let words, let named) = setting.kind, let program = words.first else {
            throw MCPError(.settings, "The server \(setting.name) is no program.")
        }
        var variables: [String: String] = [:]
        for (name, source) in named {
            guard let value = environment[source] else {
                throw MCPError(
                    .settings,
                    "The server \(setting.name) is to get the environment variable \(source), which is not set.")
            }
            variables[name] = value
        }
        let path = program.contains("/") ? Self.absolute(program, in: setting.folder) : nil
        guard let path = path ?? executablePath(of: program, environment: environment),
            FileManager.default.isExecutableFile(atPath: path)
        else {
            throw MCPError(
                .unreachable,
                "The server \(setting.name) cannot be started: there is no program \(program). Install it.")
        }
        let passed = environment.filter { Self.passedNames.contains($0.key) || $0.key.hasPrefix("LC_") }
        self.environment = passed.merging(variables) { $1 }
        guard case .inside(let walls) = setting.walls, ConfinedProcess.whyNone(environment) == nil else {
            command = [path] + words.dropFirst()
            directory = setting.folder
            return
        }
        let home = Self.resolved(setting.folder)
        let files = FileManager.default
        // What the command line names is there for it.
        let listed = words.dropFirst().filter { $0.hasPrefix("/") && files.fileExists(atPath: $0) }
        let readable = (listed + walls.read).map { Self.resolved(Self.absolute($0, in: home)) }
        let writable = walls.write.map { Self.resolved(Self.absolute($0, in: home)) }
        let own = ProgramFiles(of: path).paths.filter { files.fileExists(atPath: $0) }
        let network: SandboxPolicy.Network
        do throws(SandboxError) {
            network = walls.net.isEmpty ? .none : .hosts(try HostRules(allow: walls.net))
        } catch {
            throw MCPError(.settings, "The walls of the server \(setting.name): \(error.message)", cause: error)
        }
        var policy = SandboxPolicy(
            readable: own + readable, hidden: hidden,
            environment: self.environment.filter { !["HOME", "USER", "TMPDIR"].contains($0.key) },
            directory: "/tmp", network: network)
        for folder in writable { policy.add(workspace: folder) }
        if (readable + writable).contains(where: { home == $0 || home.hasPrefix($0 + "/") }) { policy.directory = home }
        // It lives until nobody uses it.
        policy.limits = SandboxLimits(
            wallSeconds: 1e9, cpuSeconds: 1e9, memoryBytes: 4 << 30, processes: 512, fileBytes: 2 << 30,
            temporaryBytes: 1 << 30, outputBytes: .max >> 1, shownBytes: 1 << 10)
        self.policy = policy
        // Inside, paths are those without links; a virtual environment knows itself by the path that it was called by.
        command = [path] + words.dropFirst().map { listed.contains($0) ? Self.resolved($0) : $0 }
    }

    /// No others: they may be secrets.
    private static let passedNames: Set = ["PATH", "LANG", "TZ", "HOME", "USER", "TMPDIR"]

    private static func absolute(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    private static func resolved(_ path: String) -> String {
        URL(filePath: path).standardized.resolvingSymlinksInPath().path
    }
}
