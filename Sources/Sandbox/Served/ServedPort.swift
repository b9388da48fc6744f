internal import NIOCore
internal import NIOPosix

/// A port of this machine's loopback that leads to the same port of a run's own, for as long as the run lasts. What is
/// inside serves, and can reach nobody.
final class ServedPort: Sendable {
    private let listener: any Channel
    private let gate: NIOLoopBound<AcceptGate>
    private let loop: any EventLoop

    /// So many clients at the same time; more wait.
    private static let mostConnections = 256

    private init(listener: any Channel, gate: NIOLoopBound<AcceptGate>, loop: any EventLoop) {
        self.listener = listener
        self.gate = gate
        self.loop = loop
    }

    /// Begins to listen.
    ///
    /// - Throws: `SandboxError` where somebody else has the port.
    static func start(_ port: Int, door: CellDoor) async throws -> ServedPort {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let gate = try await loop.submit {
            NIOLoopBound(AcceptGate(most: Self.mostConnections), eventLoop: loop)
        }.get()
        do {
            let listener = try await ServerBootstrap(group: loop, childGroup: loop)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptGate.Handler(gate.value))
                    }
                }
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                // Where nobody listens inside, the connection is closed.
                .childChannelInitializer { join($0, to: port, door, loop) }
                .bind(host: "127.0.0.1", port: port).get()
            return ServedPort(listener: listener, gate: gate, loop: loop)
        } catch {
            throw SandboxError(
                .notStarted, "Port \(port) of this machine could not be listened on for the sandbox.", cause: error)
        }
    }

    private static func join(
        _ client: any Channel, to port: Int, _ door: CellDoor, _ loop: any EventLoop
    ) -> EventLoopFuture<Void> {
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { try door.connect(to: port) }.flatMap { descriptor in
            ClientBootstrap(group: loop)
                .channelOption(.autoRead, value: false)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .withConnectedSocket(descriptor)
        }.flatMap { server in
            do {
                let ends = (SpliceEnd(), SpliceEnd())
                ends.0.partner = ends.1
                ends.1.partner = ends.0
                try client.pipeline.syncOperations.addHandler(ends.0)
                try server.pipeline.syncOperations.addHandler(ends.1)
                return server.setOption(.autoRead, value: true)
            } catch { return loop.makeFailedFuture(error) }
        }
    }

    /// Closes it, and all connections through it.
    func close() async {
        try? await listener.close()
        let (gate, loop) = (gate, loop)
        try? await loop.flatSubmit {
            let closing = gate.value.channels.values.map { channel in
                channel.close(promise: nil)
                return channel.closeFuture
            }
            return EventLoopFuture.andAllComplete(closing, on: loop)
        }.get()
    }
}
