package import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A program that works for Neo and that nobody answers for: it runs inside walls, sees its own files, what it is to read
/// and the folders that it is to write to, and has no network but the hosts that are named.
///
/// Where there are no walls it does not run, unless the user says `NEO_SANDBOX=off`. A project cannot say so: it may have
/// come from the same stranger as the file. On macOS, where Neo has no walls, it runs without.
///
/// ```swift
/// var process = ConfinedProcess(executable: "pdftotext", arguments: [path, "-"])
/// process.readable = [path]
/// let text = try await process.run().output
/// ```
package struct ConfinedProcess: Sendable {
    /// A path, or a name that is looked up in PATH.
    package var executable: String
    package var arguments: [String]
    /// Files and folders that it may read.
    package var readable: [String] = []
    /// Folders that it may write to.
    package var writable: [String] = []
    /// Files and folders that it may work in: the same, but for what Neo, version control and editors trust there.
    package var workspaces: [String] = []
    /// Files and folders inside those that are not there for it.
    package var hidden: [String] = []
    /// The working directory; a temporary one, where nil.
    package var directory: String?
    /// How many bytes of each stream are kept.
    package var outputLimit = 4 << 20
    package var timeLimitSeconds: Double = 300
    /// The most that one file may have.
    package var fileBytes = 64 << 30
    /// What it can read from standard input; nothing, where nil.
    package var input: String?
    /// Variables that it gets besides those that say how programs work.
    package var variables: [String: String] = [:]
    /// What it may reach.
    package var network = SandboxPolicy.Network.none
    /// A proxy of the network outside, which Neo asks for the hosts that are allowed.
    package var proxy: OutsideProxy?
    /// Why it runs inside walls, for the message where there are none.
    package var reason = "reads what others wrote"
    private let environment: [String: String]

    /// A program to run.
    package init(
        executable: String, arguments: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// The variable by which a user does without walls.
    package static let switchName = "NEO_SANDBOX"

    /// Whether the user does without walls.
    package static func isOff(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
        environment[switchName]?.lowercased() == "off"
    }

    /// Why programs run without walls here; nil where they run inside.
    package static func whyNone(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        #if os(Linux)
            isOff(environment) ? "\(switchName)=off says" : nil
        #else
            "all programs do on this system"
        #endif
    }

    /// Runs the program and waits for its end. A status other than 0 is no error.
    ///
    /// - Throws: `ProcessError` where it does not start or takes too long, as without walls; `SandboxError` with what to do
    ///   where there are no walls.
    package func run() async throws -> ChildProcess.Result {
        let plain = ChildProcess(
            executable: executable, arguments: arguments, directory: directory,
            environment: variables.isEmpty ? nil : environment.merging(variables) { $1 }, input: input,
            outputLimit: outputLimit, timeLimitSeconds: timeLimitSeconds)
        #if os(Linux)
            if Self.isOff(environment) { return try await plain.run() }
            guard
                let path = executable.contains("/")
                    ? executable : executablePath(of: executable, environment: environment)
            else {
                // Says the same as without walls.
                return try await plain.run()
            }
            let result: SandboxResult
            do {
                var sandbox = try Sandbox.find(environment: environment)
                sandbox.outside.proxy = proxy
                result = try await sandbox.run(
                    [absolute(path)] + arguments, under: policy(for: absolute(path)), input: input)
            } catch let error as SandboxError where error.code != .policy {
                throw SandboxError(
                    error.code,
                    "\(executable) \(reason), so it runs inside walls only. \(error.message) "
                        + "(`neo sandbox doctor` says what is missing; \(Self.switchName)=off does without.)",
                    cause: error)
            }
            if result.limitsHit.contains(.wallSeconds) || result.limitsHit.contains(.cpuSeconds) {
                throw ProcessError.tookTooLong(executable, timeLimitSeconds)
            }
            let tooMuch = result.limitsHit.contains(.outputBytes) ? 1 : 0
            let said =
                result.limitsHit.isEmpty
                ? ""
                : "it came to its limit of "
                    + result.limitsHit.map(\.rawValue).sorted().joined(separator: ", ") + "\n"
            return ChildProcess.Result(
                status: tooMuch == 1 ? 0 : result.status, output: result.output,
                errorOutput: result.errorOutput + said, outputLeftOut: max(result.outputLeftOut, tooMuch))
        #else
            return try await plain.run()
        #endif
    }

    private func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        return (directory ?? FileManager.default.currentDirectoryPath) + "/" + path
    }

    private func policy(for program: String) -> SandboxPolicy {
        // Python in an environment that it is to install into must be able to write where it lies.
        let own = ProgramFiles(of: program).paths.filter { path in
            !writable.contains { path == $0 || path.hasPrefix($0 + "/") }
        }
        var policy = SandboxPolicy(
            readable: (own + readable).filter { (try? MountPlan.existing($0)) != nil },
            writable: writable, hidden: hidden, environment: Self.passed(environment).merging(variables) { $1 },
            directory: directory, network: network)
        for folder in workspaces { policy.add(workspace: folder) }
        policy.limits = SandboxLimits(
            wallSeconds: timeLimitSeconds, cpuSeconds: timeLimitSeconds * 8, memoryBytes: 16 << 30, processes: 1_024,
            fileBytes: fileBytes, temporaryBytes: 4 << 30, outputBytes: 4 * outputLimit, shownBytes: outputLimit)
        return policy
    }

    /// What of the environment says how a program works, and is nobody's secret.
    private static func passed(_ environment: [String: String]) -> [String: String] {
        let names: Set<String> = [
            "PATH", "LANG", "LANGUAGE", "TZ", "PYENV_ROOT", "PYENV_VERSION", "VIRTUAL_ENV", "JAVA_HOME",
            "TESSDATA_PREFIX",
            "HF_HOME", "HF_HUB_OFFLINE", "DOCLING_ARTIFACTS_PATH",
        ]
        return environment.filter { names.contains($0.key) || $0.key.hasPrefix("LC_") || $0.key.hasPrefix("OMP_") }
    }
}
