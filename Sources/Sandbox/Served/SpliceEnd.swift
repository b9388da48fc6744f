internal import NIOCore

/// One of two connections whose bytes go from one to the other, unread. It is read only as fast as the other can be written.
final class SpliceEnd: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    var partner: SpliceEnd?
    private var context: ChannelHandlerContext?
    private var waitsToRead = false

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        partner?.context?.write(wrapOutboundOut(unwrapInboundIn(data)), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) { partner?.context?.flush() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event, let other = partner?.context?.channel else { return }
        // Behind what is on its way.
        other.writeAndFlush(ByteBuffer()).whenComplete { _ in other.close(mode: .output, promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard let other = partner?.context?.channel else { return }
        other.writeAndFlush(ByteBuffer()).whenComplete { _ in other.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Its other direction was closed before: no more than that.
        if case ChannelError.outputClosed = error { return }
        context.close(promise: nil)
    }

    func read(context: ChannelHandlerContext) {
        if partner?.context?.channel.isWritable == true { context.read() } else { waitsToRead = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { partner?.readAgain() }
    }

    private func readAgain() {
        guard waitsToRead else { return }
        waitsToRead = false
        context?.read()
    }
}
