internal import NIOCore

/// Lets no more connections in than a run may have; more wait in the system's queue. All of it on one event loop.
final class AcceptGate {
    private let most: Int
    private var open = 0
    private var waiting: [ChannelHandlerContext] = []
    /// All connections, so that the end of the run ends them.
    private(set) var channels: [ObjectIdentifier: any Channel] = [:]

    init(most: Int) { self.most = most }

    func accepted(_ channel: any Channel) {
        open += 1
        channels[ObjectIdentifier(channel)] = channel
        channel.closeFuture.assumeIsolated().whenComplete { _ in
            self.open -= 1
            self.channels[ObjectIdentifier(channel)] = nil
            let waiting = self.waiting
            self.waiting = []
            for context in waiting { context.read() }
        }
    }

    func read(_ context: ChannelHandlerContext) {
        if open < most { context.read() } else { waiting.append(context) }
    }

    /// Stands before a listener.
    final class Handler: ChannelDuplexHandler {
        typealias InboundIn = any Channel
        typealias OutboundIn = Never
        private let gate: AcceptGate

        init(_ gate: AcceptGate) { self.gate = gate }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            gate.accepted(unwrapInboundIn(data))
            context.fireChannelRead(data)
        }

        func read(context: ChannelHandlerContext) { gate.read(context) }
    }
}
