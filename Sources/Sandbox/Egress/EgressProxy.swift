internal import Base
internal import NIOCore
internal import NIOPosix

/// The only way out of a run's network: it answers names with addresses that stand for them, listens on the sockets that
/// `neo-cell` opened inside, and connects outside to what the rules allow.
///
/// One event loop serves a run, so that a run which floods it slows down nobody else's.
package final class EgressProxy: Sendable {
    /// What a socket is for.
    package enum Role: Sendable {
        /// A name server, by UDP.
        case names
        /// A proxy that is asked as one.
        case proxy
        /// Plain HTTP to whatever address was asked for.
        case http
        /// TLS to whatever address was asked for.
        case tls
    }

    private let listeners: [any Channel]
    private let session: EgressSession
    private let gate: NIOLoopBound<AcceptGate>

    /// Where the proxy is, inside.
    package static let url = "http://127.0.0.1:3128"

    /// What the sockets of `neo-cell` are for, in its order.
    package static let roles: [Role] = [.names, .proxy, .http, .tls, .http, .tls]

    private init(listeners: [any Channel], session: EgressSession, gate: NIOLoopBound<AcceptGate>) {
        self.listeners = listeners
        self.session = session
        self.gate = gate
    }

    /// Starts to serve.
    ///
    /// - Parameters:
    ///   - sockets: bound sockets, which are the proxy's from now on.
    ///   - log: gets the rows.
    package static func start(
        sockets: [(role: Role, descriptor: Int32)], rules: HostRules, upstreams: [NamedUpstream] = [],
        outside: OutsideNetwork = .system, limits: EgressLimits = EgressLimits(), log: EgressLog
    ) async throws -> EgressProxy {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let session = try EgressSession(
            rules: rules, upstreams: upstreams, outside: outside, limits: limits, log: log, loop: loop)
        let gate = try await loop.submit { NIOLoopBound(AcceptGate(most: limits.connections), eventLoop: loop) }.get()
        var listeners: [any Channel] = []
        do {
            for socket in sockets {
                listeners.append(try await listen(socket.role, socket.descriptor, session, gate).get())
            }
        } catch {
            for listener in listeners { try? await listener.close() }
            throw SandboxError(.notStarted, "The sandbox's network could not be served.", cause: error)
        }
        return EgressProxy(listeners: listeners, session: session, gate: gate)
    }

    private static func listen(
        _ role: Role, _ descriptor: Int32, _ session: EgressSession, _ gate: NIOLoopBound<AcceptGate>
    ) -> EventLoopFuture<any Channel> {
        if role == .names {
            return DatagramBootstrap(group: session.loop).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DNSResponder(session: session))
                }
            }.withBoundSocket(descriptor)
        }
        return ServerBootstrap(group: session.loop, childGroup: session.loop)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate.Handler(gate.value))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.recvAllocator, value: EgressSession.buffers)
            .childChannelOption(.writeBufferWaterMark, value: EgressSession.waterMark)
            // Of what is joined unread, nothing is read before.
            .childChannelOption(.autoRead, value: role != .tls)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try serve(role, channel, session) }
            }
            .withBoundSocket(descriptor)
    }

    private static func serve(_ role: Role, _ channel: any Channel, _ session: EgressSession) throws {
        switch role {
        case .tls: try channel.pipeline.syncOperations.addHandler(CapturedTLSHandler(session: session))
        case .proxy: try HTTPProxyHandler.addHTTP(to: channel, HTTPProxyHandler(session: session, role: .proxy))
        case .http:
            guard let address = NetworkAddress(channel.localAddress) else { return channel.close(promise: nil) }
            let target = session.meant(HostAndPort(host: .address(address), port: 80))
            try HTTPProxyHandler.addHTTP(to: channel, HTTPProxyHandler(session: session, role: .captured(target)))
        case .names: break
        }
    }

    /// Closes all that is open. Nothing gets out any more.
    package func close() async {
        for listener in listeners { try? await listener.close() }
        let (gate, session) = (gate, session)
        try? await session.loop.flatSubmit {
            let closing = gate.value.channels.values.map { channel in
                channel.close(promise: nil)
                return channel.closeFuture
            }
            return EventLoopFuture.andAllComplete(closing, on: session.loop)
        }.get()
    }
}
