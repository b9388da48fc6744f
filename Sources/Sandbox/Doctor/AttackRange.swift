internal import CSandbox
internal import Processes
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What attacks aim at: a workspace, files outside of it, a home folder with a secret, listeners and a process. All of it
/// is made for one attempt and taken away after it, and nothing of it is anybody's.
final class AttackRange: Sendable {
    /// What no program inside may ever read.
    let mark: String
    let root: String
    /// Of a listener on all addresses of this machine, which nobody inside may reach.
    let port: UInt16
    private let datagramPort: UInt16
    private let streams: [Int32]
    private let datagrams: Int32
    private let more = Mutex<[String: String]>([:])
    /// This machine's own address; empty where it has none.
    private let address: String

    var workspace: String { root + "/work" }
    var outside: String { root + "/outside.txt" }
    var secret: String { root + "/home/.ssh/id_ed25519" }
    var shown: String { root + "/shown" }

    init() throws {
        mark = "neo-" + UUID().uuidString
        let folder = FileManager.default.temporaryDirectory.path
        root = "\(MountPlan.resolvedOrSame(folder))/neo-doctor-\(UUID().uuidString.prefix(8))"
        var port: UInt16 = 0
        var datagramPort: UInt16 = 0
        var address = [CChar](repeating: 0, count: 64)
        try Self.makeFiles(root, mark)
        streams = [
            neo_sandbox_listen(root + "/socket"), neo_sandbox_listen(root + "/neo-cell-decoy/s"),
            neo_sandbox_listen_abstract(mark), neo_sandbox_listen_anywhere(&port),
        ]
        datagrams = neo_sandbox_datagrams(&datagramPort)
        neo_sandbox_own_address(&address, address.count)
        self.port = port
        self.datagramPort = datagramPort
        self.address = String(decoding: address.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // As careless services do; the walls are what stands before it.
        chmod(root + "/socket", 0o777)
    }

    private static func makeFiles(_ root: String, _ mark: String) throws {
        let files = FileManager.default
        for folder in ["work/.git/hooks", "work/.neo", "home/.ssh", "shown", "neo-cell-decoy"] {
            try files.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        let contents = [
            "work/.git/config": "mine", "work/neo.yaml": "mine", "work/.neo/neo.db": mark,
            "work/golden.jsonl": "search\nheld out\n", "outside.txt": "mine", "shown/outside.txt": "mine",
            "home/.ssh/id_ed25519": mark,
        ]
        for (path, text) in contents { try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)")) }
        chmod(root + "/home/.ssh/id_ed25519", 0o600)
    }

    /// What programs are told about the targets.
    var environment: [String: String] {
        let own = [
            "NEO_WORK": workspace, "NEO_OUTSIDE": outside, "NEO_SECRET": secret, "NEO_SHOWN": shown, "NEO_MARK": mark,
            "NEO_PORT": String(port), "NEO_UDP": String(datagramPort), "NEO_HOST": address,
            "NEO_SOCKET": root + "/socket", "NEO_ABSTRACT": mark, "NEO_CELLS": root,
        ]
        return own.merging(more.withLock { $0 }) { $1 }
    }

    /// Tells programs about another target.
    func tell(_ environment: [String: String]) { more.withLock { $0.merge(environment) { $1 } } }

    /// The walls that are tried, with limits so small that a bomb does no harm before it is noticed.
    var policy: SandboxPolicy {
        var policy = SandboxPolicy(workspace: workspace)
        policy.readable = [shown]
        policy.environment = environment
        policy.replaced[workspace + "/golden.jsonl"] = Array("search\n".utf8)
        policy.limits = SandboxLimits(
            wallSeconds: 15, cpuSeconds: 2, memoryBytes: 128 << 20, processes: 64, fileBytes: 64 << 20,
            temporaryBytes: 16 << 20, outputBytes: 8 << 20)
        return policy
    }

    /// The key of an upstream: no program is told it, and none may find it.
    var key: String { mark.replacing("neo-", with: "key-") }

    /// Runs something while a process of the host is there to be found and ended.
    ///
    /// - Returns: what it gave, and whether the process was ended meanwhile.
    func withVictim<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> (Value, Bool) {
        let victim = ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "while :; do sleep 5; done", mark], environment: [:])
        let (started, start) = AsyncStream.makeStream(of: Int32.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { start.finish() }
                _ = try? await victim.stream {
                    start.yield($0)
                } receive: { _, _ in
                }
            }
            var number: Int32?
            for await one in started {
                number = one
                break
            }
            let process = number.flatMap { RunningProcess($0) }
            let value = try await body()
            let wasEnded = process?.isRunning != true
            group.cancelAll()
            return (value, wasEnded)
        }
    }

    /// Whether anything came to one of the listeners.
    var wasReached: Bool {
        var process: Int32 = 0
        var user: UInt32 = 0
        for stream in streams where stream >= 0 {
            let connection = neo_sandbox_accept(stream, 0, &process, &user)
            if connection >= 0 {
                close(connection)
                return true
            }
        }
        return datagrams >= 0 && neo_sandbox_has_datagram(datagrams) != 0
    }

    /// Takes all of it away.
    func remove() {
        for descriptor in streams + [datagrams] where descriptor >= 0 { close(descriptor) }
        try? FileManager.default.removeItem(atPath: root)
    }
}
