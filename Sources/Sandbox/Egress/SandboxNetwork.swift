internal import Base
internal import Synchronization

/// The network of one run: nothing until the run's sockets are there, then a proxy on them, until the run is over.
final class SandboxNetwork: Sendable {
    let log: EgressLog
    private let policy: SandboxPolicy
    private let outside: OutsideNetwork
    private let limits: EgressLimits
    private let proxy = Mutex<EgressProxy?>(nil)
    private let port = Mutex<ServedPort?>(nil)

    init(
        _ policy: SandboxPolicy, outside: OutsideNetwork, limits: EgressLimits,
        onConnection: (@Sendable (EgressConnection) -> Void)?
    ) throws {
        // Before anything runs.
        if policy.network == .none, let upstream = policy.upstreams.first {
            throw SandboxError(
                .policy,
                "The upstream \(upstream.name) needs a network: let the policy's be .hosts, without rules if need be.")
        }
        if let upstream = policy.upstreams.first(where: { $0.secret == nil }) {
            throw SandboxError(
                .policy, "The key of the upstream \(upstream.name) is not there: it is in no file, and must be given.")
        }
        self.policy = policy
        self.outside = outside
        self.limits = limits
        log = EgressLog(most: limits.rows, observer: onConnection)
    }

    /// Serves the sockets that were opened inside; none are where the policy wants no network. The last is a server's door.
    func serve(_ descriptors: [Int32]) async throws {
        var descriptors = descriptors
        if let number = policy.served {
            guard let door = descriptors.popLast() else {
                throw SandboxError(.notStarted, "neo-cell opened no door: is it the one that came with neo?")
            }
            let started = try await ServedPort.start(number, door: CellDoor(door))
            port.withLock { $0 = started }
        }
        guard case .hosts(let rules) = policy.network else { return }
        guard descriptors.count >= 4 else {
            throw SandboxError(.notStarted, "neo-cell opened no network: is it the one that came with neo?")
        }
        let started = try await EgressProxy.start(
            sockets: zip(EgressProxy.roles, descriptors).map { ($0, $1) }, rules: rules, upstreams: policy.upstreams,
            outside: outside, limits: limits, log: log)
        proxy.withLock { $0 = started }
    }

    /// Closes the network when the body is over, however it ends.
    func closing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            let result = try await body()
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }

    private func close() async {
        let open = proxy.withLock { proxy in
            defer { proxy = nil }
            return proxy
        }
        await open?.close()
        let served = port.withLock { port in
            defer { port = nil }
            return port
        }
        await served?.close()
    }

    /// The variables by which programs find the proxy. Addresses of this machine that a rule names are asked of the proxy,
    /// too; all others are the run's own.
    static func environment(_ policy: SandboxPolicy) -> [String: String] {
        guard case .hosts(let rules) = policy.network else { return [:] }
        var variables: [String: String] = [:]
        for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            variables[name] = EgressProxy.url
        }
        let own = ["localhost", "127.0.0.1", "::1"].filter { !rules.namedLoopbacks.contains($0) }
        for name in ["no_proxy", "NO_PROXY"] { variables[name] = own.joined(separator: ",") }
        for upstream in policy.upstreams {
            for name in upstream.variables { variables[name] = upstream.url }
        }
        return variables
    }
}
