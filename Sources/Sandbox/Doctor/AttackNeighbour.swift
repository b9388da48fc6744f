internal import CSandbox
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

/// A second run that is under way while an attack is tried: with a proxy of its own, a server that Neo lets people in to, a
/// control socket, and a secret in its `/tmp`. None of that is the attacker's.
final class AttackNeighbour: Sendable {
    /// The only host that it may reach, which the attacker may not.
    static let host = "neighbour.neo.test"

    /// Its first process, by its number on this machine.
    let process: Int32
    /// Where its server is let in.
    let port: Int
    private let reached = Mutex(false)

    private init(process: Int32, port: Int) {
        self.process = process
        self.port = port
    }

    /// Whether somebody asked its server or its proxy for something.
    var wasReached: Bool { reached.withLock { $0 } }

    /// What an attack is told of it.
    var environment: [String: String] {
        ["NEO_NEIGHBOUR": String(process), "NEO_NEIGHBOUR_PORT": String(port)]
    }

    private static let program = """
        import socket, sys
        port, mark = sys.argv[1:]
        with open("/tmp/neighbour", "w") as file: file.write(mark)
        server = socket.create_server(("127.0.0.1", int(port)))
        print("ready", flush=True)
        while True:
            client = server.accept()[0]
            print("reached", flush=True)
            client.close()
        """

    /// Runs the body while there is such a run.
    ///
    /// - Throws: `SandboxError` where the second run does not come up.
    static func with<Value: Sendable>(
        _ sandbox: Sandbox, python: String, range: AttackRange, world: AttackWorld,
        _ body: @Sendable (AttackNeighbour) async throws -> Value
    ) async throws -> Value {
        var policy = SandboxPolicy(network: .hosts(try HostRules(allow: [host])), served: try freePort())
        policy.limits.wallSeconds = 240
        var sandbox = sandbox
        sandbox.outside = world.outside(trap: Int(range.port))
        let (walls, rules, port) = (sandbox, policy, policy.served ?? 0)
        let (events, event) = AsyncStream.makeStream(of: SandboxedProcess?.self)
        let seen = Seen()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { event.finish() }
                _ = try await walls.run(
                    [python, "-I", "-S", "-c", program, String(port), range.mark], under: rules,
                    onPiece: { seen.hear(String(decoding: $1, as: UTF8.self)) { event.yield(nil) } },
                    onConnection: { _ in seen.reach() }, onStart: { event.yield($0) })
                return nil
            }
            var process: Int32?
            var isReady = false
            for await one in events {
                if let one { process = one.first } else { isReady = true }
                if process != nil, isReady { break }
            }
            guard let process, isReady else {
                try await group.waitForAll()
                throw SandboxError(.notStarted, "The second run did not come up.")
            }
            let neighbour = AttackNeighbour(process: process, port: port)
            seen.tell(neighbour)
            let value = try await body(neighbour)
            group.cancelAll()
            return value
        }
    }

    private static func freePort() throws -> Int {
        var port: UInt16 = 0
        let listener = neo_sandbox_listen_anywhere(&port)
        guard listener >= 0 else { throw SandboxError(.notStarted, "No port of this machine can be had.") }
        close(listener)
        return Int(port)
    }

    /// What comes of the second run, before and after the attack knows of it.
    private final class Seen: Sendable {
        private let neighbour = Mutex<AttackNeighbour?>(nil)

        func tell(_ neighbour: AttackNeighbour) { self.neighbour.withLock { $0 = neighbour } }
        func reach() { neighbour.withLock { $0 }?.reached.withLock { $0 = true } }
        func hear(_ text: String, ready: () -> Void) {
            if text.contains("ready") { ready() }
            if text.contains("reached") { reach() }
        }
    }
}
