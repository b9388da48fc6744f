internal import NIOCore

/// One end of a tunnel. It is read only as fast as the other end can be written.
final class TunnelEnd: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let tunnel: Tunnel
    private let isInside: Bool
    private var gate: GreetingGate?
    private var context: ChannelHandlerContext?
    private var waitsToRead = false
    var partner: TunnelEnd?

    init(_ tunnel: Tunnel, isInside: Bool, gate: GreetingGate?) {
        self.tunnel = tunnel
        self.isInside = isInside
        self.gate = gate
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        tunnel.moved(buffer.readableBytes, fromInside: isInside)
        if gate != nil {
            switch gate?.take(buffer) {
            case .wait: return
            case .refuse(let refusal, let name):
                tunnel.greeted(serverName: name)
                return tunnel.refuse(refusal)
            case .pass(let whole, let name):
                tunnel.greeted(serverName: name)
                buffer = whole
            case nil: break
            }
            gate = nil
        }
        partner?.write(buffer)
    }

    func channelReadComplete(context: ChannelHandlerContext) { partner?.context?.flush() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            // Who leaves before a greeting was checked has nothing to wait for.
            guard gate?.isEmpty != false else { return tunnel.end() }
            partner?.closeOutput()
        }
    }

    func channelInactive(context: ChannelHandlerContext) { tunnel.end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Its other direction was closed before: no more than that.
        if case ChannelError.outputClosed = error { return }
        tunnel.end()
    }

    func read(context: ChannelHandlerContext) {
        if partner?.canBeWritten == true { context.read() } else { waitsToRead = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.readAgain() }
    }

    private var canBeWritten: Bool { context?.channel.isWritable == true }

    private func readAgain() {
        guard waitsToRead else { return }
        waitsToRead = false
        context?.read()
    }

    /// Closes it behind what is on its way: a close that ends both directions would throw that away.
    private func closeOutput() {
        guard let channel = context?.channel else { return }
        channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(mode: .output, promise: nil) }
    }

    private func write(_ buffer: ByteBuffer) { context?.write(wrapOutboundOut(buffer), promise: nil) }
}
