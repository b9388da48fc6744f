internal import Base
internal import Synchronization

/// The network outside as the doctor's attacks find it, with the walls' rules for it: a few names are allowed, and all
/// that must not be reached leads to a listener of the range, where it would be seen.
final class AttackWorld: Sendable {
    /// What the walls allow. `rebound.neo.test` is allowed by name and leads to what is nobody's to reach.
    static let allowed = [
        "allowed.neo.test", "*.deep.neo.test", "rebound.neo.test", "GET http://readonly.neo.test",
    ]
    /// The public address of all that is allowed: one that nothing outside is asked for.
    private static let publicAddress = NetworkAddress("93.184.216.34")

    private let server: AttackServer
    private let asked = Mutex<[String]>([])
    /// The key of an upstream, which must not be found inside.
    let key: String

    private init(server: AttackServer, key: String) {
        self.server = server
        self.key = key
    }

    /// Runs the body while there is such a world.
    static func with<Value: Sendable>(
        key: String, _ body: (AttackWorld) async throws -> Value
    ) async throws -> Value {
        let server = try await AttackServer.start()
        let result: Result<Value, any Error>
        do { result = .success(try await body(AttackWorld(server: server, key: key))) } catch {
            result = .failure(error)
        }
        await server.stop()
        return try result.get()
    }

    /// Where the allowed server really is, for attempts without walls.
    var port: Int { server.port }

    /// Names that somebody asked for outside.
    var names: [String] { asked.withLock { $0 } }

    /// The network that the proxy is given.
    ///
    /// - Parameter trap: the port of the host's listener that nobody may reach.
    func outside(trap: Int) -> OutsideNetwork {
        let port = server.port
        return OutsideNetwork(
            resolve: { name in
                self.asked.withLock { $0.append(name) }
                let texts =
                    name == "rebound.neo.test"
                    ? ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "192.168.0.1", "169.254.169.254", "fe80::1"]
                    : name.hasSuffix(".neo.test") ? ["93.184.216.34"] : []
                return texts.compactMap { NetworkAddress($0) }
            },
            route: { address, _ in
                let loopback = NetworkAddress("127.0.0.1") ?? address
                return (loopback, address == Self.publicAddress ? port : trap)
            })
    }

    /// What the walls are told: rules, and an upstream whose key stays outside.
    func apply(to policy: inout SandboxPolicy) throws {
        policy.network = .hosts(try HostRules(allow: Self.allowed))
        policy.upstreams = [
            try NamedUpstream(
                name: "vault", base: "https://allowed.neo.test", secret: Secret(key), variables: ["VAULT_URL"])
        ]
        // Many are tried one after the other, and each may wait for an answer.
        policy.limits.wallSeconds = 120
        policy.limits.cpuSeconds = 20
        policy.environment["NEO_SERVER"] = String(server.port)
    }
}
