import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Processes
import TestSupport

@testable import Sandbox

/// A world outside for the proxy: servers on this machine that answer for public addresses, and names for those.
struct EgressWorld: Sendable {
    /// The folder with `ca.pem`.
    let folder: String
    /// Every request that a server got: head and body.
    let requests: Collected<(head: HTTPRequestHead, body: String)>
    let plainPort: Int
    let tlsPort: Int
    let network: OutsideNetwork
    /// Names that somebody asked for outside.
    let asked: Collected<String>

    static let publicAddress = NetworkAddress("93.184.216.34")
    static let otherAddress = NetworkAddress("93.184.216.35")

    /// `good.test`, `also.test` and `api.good.test` are public and served; `rebound.test` is this machine; `mixed.test` is
    /// both; no other name is there.
    static func with<R: Sendable>(_ body: (EgressWorld) async throws -> R) async throws -> R {
        try await withTemporaryDirectory { folder in
            let made = try await ChildProcess(
                executable: "openssl",
                arguments: [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=good.test", "-addext", "subjectAltName=DNS:good.test,DNS:api.good.test,IP:127.0.0.1",
                    "-keyout", folder + "/key.pem", "-out", folder + "/ca.pem",
                ]
            ).run()
            guard made.status == 0 else { throw SandboxError(.unavailable, made.errorOutput) }
            let requests = Collected<(head: HTTPRequestHead, body: String)>()
            let (sent, left) = (Collected<Int>(), Collected<Int>())
            let certificate = try NIOSSLCertificate.fromPEMFile(folder + "/ca.pem")
            let tls = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: certificate.map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: folder + "/key.pem", format: .pem))))
            let plain = try await server(requests, sent, left, tls: nil)
            let secure = try await server(requests, sent, left, tls: tls)
            let ports = (plain.localAddress?.port ?? 0, secure.localAddress?.port ?? 0)
            let asked = Collected<String>()
            let table: [String: [NetworkAddress?]] = [
                "good.test": [publicAddress], "also.test": [publicAddress], "api.good.test": [otherAddress],
                "rebound.test": [
                    NetworkAddress("127.0.0.1"), NetworkAddress("::1"), NetworkAddress("169.254.169.254"),
                ],
                "mixed.test": [NetworkAddress("10.0.0.1"), publicAddress],
            ]
            let network = OutsideNetwork(
                resolve: { name in
                    asked.add(name)
                    return table[name]?.compactMap { $0 } ?? []
                },
                route: { address, port in
                    guard address == publicAddress || address == otherAddress else { return (address, port) }
                    let loopback = NetworkAddress("127.0.0.1") ?? address
                    return (loopback, port == 443 ? ports.1 : port == 80 ? ports.0 : 1)
                }, authorities: folder + "/ca.pem")
            let world = EgressWorld(
                folder: folder, requests: requests, plainPort: ports.0, tlsPort: ports.1, network: network, asked: asked
            )
            let result: Result<R, any Error>
            do { result = .success(try await body(world)) } catch { result = .failure(error) }
            try? await plain.close()
            try? await secure.close()
            return try result.get()
        }
    }

    private static func server(
        _ requests: Collected<(head: HTTPRequestHead, body: String)>, _ sent: Collected<Int>,
        _ left: Collected<Int>, tls: NIOSSLContext?
    ) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 512)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(WorldServer(requests, sent, left))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// A sandbox whose world this is.
    func sandbox() throws -> Sandbox {
        var sandbox = try Sandbox.find()
        sandbox.outside = network
        return sandbox
    }

    /// Runs a script in this world.
    func shell(
        _ script: String, _ policy: SandboxPolicy, onConnection: (@Sendable (EgressConnection) -> Void)? = nil
    ) async throws -> SandboxResult {
        try await sandbox().run(["/bin/bash", "-c", script], under: policy, onConnection: onConnection)
    }

    /// A policy with rules.
    func policy(_ allow: [String], deny: [String] = []) throws -> SandboxPolicy {
        var policy = SandboxPolicy(readable: [folder + "/ca.pem"])
        policy.network = .hosts(try HostRules(allow: allow, deny: deny))
        policy.environment["CURL_CA_BUNDLE"] = folder + "/ca.pem"
        policy.environment["SSL_CERT_FILE"] = folder + "/ca.pem"
        policy.limits.wallSeconds = 280
        return policy
    }
}

extension SandboxResult {
    /// What was decided about each connection, in a word.
    var verdicts: [String] {
        connections.map { connection in
            switch connection.verdict {
            case .allowed(let rule): "allowed \(rule)"
            case .denied(let refusal): refusal.code.rawValue
            case .failed(_, let refusal): "failed \(refusal.code.rawValue)"
            }
        }
    }
}
