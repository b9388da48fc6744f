internal import Base
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// What all connections of a run share: rules, names, the network outside, and the record of it all.
final class EgressSession: Sendable {
    let rules: HostRules
    let outside: OutsideNetwork
    let limits: EgressLimits
    let log: EgressLog
    let names = FakeAddresses()
    let loop: any EventLoop
    private let upstreams: [HostName: NamedUpstream]
    private let tls: NIOSSLContext?

    init(
        rules: HostRules, upstreams: [NamedUpstream], outside: OutsideNetwork, limits: EgressLimits, log: EgressLog,
        loop: any EventLoop
    ) throws {
        self.rules = rules
        self.outside = outside
        self.limits = limits
        self.log = log
        self.loop = loop
        self.upstreams = Dictionary(upstreams.map { ($0.host, $0) }) { $1 }
        tls = upstreams.isEmpty ? nil : try Self.context(outside)
    }

    private static func context(_ outside: OutsideNetwork) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let authorities = outside.authorities { configuration.additionalTrustRoots = [.file(authorities)] }
        return try NIOSSLContext(configuration: configuration)
    }

    // MARK: Judging

    /// The host behind what was asked for: an address that was given to a name stands for the name.
    func meant(_ target: HostAndPort) -> HostAndPort {
        guard case .address(let address) = target.host, let name = names.name(of: address) else { return target }
        return HostAndPort(host: .name(name), port: target.port)
    }

    /// The upstream of a name inside.
    func upstream(of target: HostAndPort) -> NamedUpstream? { target.port == 80 ? upstreams[target.host] : nil }

    /// Whether a name has an address inside.
    func hasAddress(_ host: HostName) -> Bool { upstreams[host] != nil || rules.couldAllow(host) }

    /// Judges what was asked for.
    func decision(_ target: HostAndPort, _ access: HostRules.Access) -> HostRules.Decision {
        if upstreams[target.host] != nil {
            if case .request = access, target.port == 80 { return .allowed(rule: target.host.description) }
            return .denied(EgressRefusal(.allowlist, "\(target.host) is to be asked by plain HTTP on port 80."))
        }
        return rules.decision(target, access)
    }

    // MARK: Connecting

    /// A connection to a host that was allowed: nothing reads from it yet.
    ///
    /// - Returns: fails with `EgressRefusal`.
    func connect(_ target: HostAndPort, through upstream: NamedUpstream?) -> EventLoopFuture<any Channel> {
        let timeout = TimeAmount.nanoseconds(Int64(limits.connectSeconds * 1e9))
        let target = upstream?.target ?? target
        if let proxy = outside.proxy?.server(target) { return connect(target, through: proxy, timeout) }
        return addresses(target, isChosen: upstream != nil || rules.isChosen(target)).flatMap { addresses in
            self.connect(addresses.prefix(4), target, timeout)
        }
    }

    /// The addresses that a host may be reached at. They are connected to as they are: its name is not asked again.
    private func addresses(_ target: HostAndPort, isChosen: Bool) -> EventLoopFuture<[NetworkAddress]> {
        switch target.host {
        case .address(let address):
            // A rule names it, or it would not have been allowed. In a later turn, as all others.
            return loop.submit { [address] }
        case .name(let name):
            let outside = outside
            return loop.makeFutureWithTask { (try? await outside.resolve(name)) ?? [] }.flatMapThrowing { found in
                guard !found.isEmpty else {
                    throw EgressRefusal(.nameNotFound, "\(name) has no address.")
                }
                // Whoever wrote the policy chose this one by its name.
                if isChosen { return found }
                let rules = self.rules
                let open = found.filter { !rules.deniesAddress($0, port: target.port) }
                guard !open.isEmpty else {
                    throw EgressRefusal(.denylist, "\(name) leads to \(found[0]), which is refused.")
                }
                let checked = open.filter { $0.isPublic || rules.names($0, port: target.port) }
                guard !checked.isEmpty else {
                    throw EgressRefusal(
                        .privateAddress,
                        "\(name) leads to \(open[0]), which is private or this machine's: a rule must name the address."
                    )
                }
                return checked
            }
        }
    }

    /// A tunnel that a proxy outside opens. Names are asked there, so that what they lead to is the proxy's to judge.
    private func connect(
        _ target: HostAndPort, through proxy: OutsideProxy.Server, _ timeout: TimeAmount
    ) -> EventLoopFuture<any Channel> {
        addresses(proxy.address, isChosen: true).flatMap { addresses in
            self.connect(addresses.prefix(4), proxy.address, timeout)
        }.flatMap { channel in
            do {
                let tunnel = OutsideTunnelHandler(target, proxy, loop: self.loop, timeout: timeout)
                try channel.pipeline.syncOperations.addHandler(tunnel)
                return tunnel.opened.map { channel }
            } catch { return self.loop.makeFailedFuture(error) }
        }
    }

    private func connect(
        _ addresses: ArraySlice<NetworkAddress>, _ target: HostAndPort, _ timeout: TimeAmount
    ) -> EventLoopFuture<any Channel> {
        guard let first = addresses.first else {
            return loop.makeFailedFuture(EgressRefusal(.upstreamFailed, "\(target) could not be connected to."))
        }
        let (address, port) = outside.route(first, target.port)
        return loop.makeCompletedFuture {
            try SocketAddress(packedIPAddress: ByteBuffer(bytes: address.bytes), port: port)
        }.flatMap { address in
            ClientBootstrap(group: self.loop).connectTimeout(timeout)
                .channelOption(.autoRead, value: false)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelOption(.recvAllocator, value: Self.buffers)
                .channelOption(.writeBufferWaterMark, value: Self.waterMark)
                .connect(to: address)
        }.flatMapError { _ in
            self.connect(addresses.dropFirst(), target, timeout)
        }
    }

    /// Large pieces where much comes, small ones where little does.
    static let buffers = AdaptiveRecvByteBufferAllocator(minimum: 4 << 10, initial: 16 << 10, maximum: 256 << 10)
    /// How much waits in memory on each side before the other is not read any more.
    static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 128 << 10, high: 512 << 10)

    /// What speaks TLS with an upstream.
    func tlsHandler(for upstream: NamedUpstream) throws -> NIOSSLClientHandler? {
        guard let tls else { return nil }
        if case .name(let name) = upstream.target.host {
            return try NIOSSLClientHandler(context: tls, serverHostname: name)
        }
        return try NIOSSLClientHandler(context: tls, serverHostname: nil)
    }
}

extension NetworkAddress {
    /// The address of a socket.
    init?(_ address: SocketAddress?) {
        guard let text = address?.ipAddress else { return nil }
        self.init(text)
    }
}
