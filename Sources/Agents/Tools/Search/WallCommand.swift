internal import Processes
internal import Sandbox
internal import Synchronization

/// A program that Neo runs inside walls for its own use, and whose output it reads whole, up to a limit.
struct WallCommand: Sendable {
    /// What it printed.
    struct Output: Sendable {
        var bytes: [UInt8]
        var errors: String
        var status: Int
        /// Whether more was printed than was read.
        var isCut: Bool
        var limitsHit: Set<SandboxLimit>
    }

    let sandbox: Sandbox
    var policy: SandboxPolicy
    var mostBytes = 8 << 20

    /// Runs it to its end, or until it has printed enough.
    func run(_ command: [String], input: String? = nil) async throws -> Output {
        let bytes = Mutex<[UInt8]>([])
        let result = try await sandbox.run(command, under: policy, input: input) { stream, piece in
            guard stream == .output else { return }
            bytes.withLock { $0 += piece.prefix(max(0, mostBytes - $0.count)) }
        }
        let kept = bytes.withLock { $0 }
        return Output(
            bytes: kept, errors: result.errorOutput, status: result.status,
            isCut: result.limitsHit.contains(.outputBytes) || kept.count >= mostBytes, limitsHit: result.limitsHit)
    }

    /// A program that only looks: the policy without anything that may be changed, and with short limits.
    static func looking(_ sandbox: Sandbox, _ policy: SandboxPolicy) -> WallCommand {
        var policy = policy
        policy.network = .none
        // Nothing can be changed, so nothing has to stand where something protected is missing, and be listed.
        policy.readable += policy.writable
        policy.writable = []
        policy.protected = []
        policy.protectedWhereThere = []
        policy.limits.wallSeconds = 60
        policy.limits.outputBytes = 16 << 20
        return WallCommand(sandbox: sandbox, policy: policy)
    }

    /// Whether a program is there, inside as outside: walls show `/usr` as it is.
    static func path(of name: String) -> String? {
        executablePath(of: name, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    }
}
