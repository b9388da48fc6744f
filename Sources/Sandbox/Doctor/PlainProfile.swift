internal import Processes

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What Neo's walls are compared with.
enum PlainProfile: Sendable {
    /// No walls at all; root gets mounts of its own, so that the machine keeps its own.
    case unwalled
    /// The whole machine read-only, the workspace writable: the mounts and namespaces that srt and codex ask bubblewrap
    /// for, with hooks and settings of version control read-only, and without the filters of system calls that they add.
    case readOnlyRoot(bubblewrap: String)

    /// How an attack goes under it.
    ///
    /// - Parameter world: the network, where the attack is about one: then the profile has the host's, because neither has
    ///   a proxy, and programs get the key that they need.
    func run(
        _ command: [String], in range: AttackRange, world: AttackWorld?
    ) async throws -> (output: String, status: Int) {
        let work = range.workspace
        var line: [String]
        switch self {
        case .unwalled:
            let isRoot = geteuid() == 0
            line = isRoot ? ["unshare", "--mount", "--propagation", "private", "--"] : []
        case .readOnlyRoot(let bubblewrap):
            line = [
                bubblewrap, "--new-session", "--die-with-parent", "--ro-bind", "/", "/", "--bind", work, work,
                "--ro-bind", work + "/.git/hooks", work + "/.git/hooks", "--ro-bind", work + "/.git/config",
                work + "/.git/config", "--dev", "/dev", "--unshare-pid", "--proc", "/proc",
            ]
            line += (world == nil ? ["--unshare-net"] : []) + ["--"]
        }
        // Its launcher leaves a file open, as careless ones do; Neo's own is tried with the same file open.
        line = ["/bin/sh", "-c", #"exec 9<"$NEO_SECRET"; exec "$@""#, "sh"] + line + command
        var environment = range.environment
        environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
        environment["NEO_DOCTOR_TOKEN"] = range.mark
        if let world {
            environment["NEO_SERVER"] = String(world.port)
            environment["VAULT_KEY"] = world.key
        }
        do {
            let result = try await ChildProcess(
                executable: line[0], arguments: Array(line.dropFirst()), directory: work, environment: environment,
                outputLimit: 1 << 16, timeLimitSeconds: 60
            ).run()
            return (result.output, result.status)
        } catch let error as ProcessError where error.code == .tookTooLong {
            return ("UNCLEAR it did not end", -1)
        }
    }
}
