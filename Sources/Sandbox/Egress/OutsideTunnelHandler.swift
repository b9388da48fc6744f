internal import Base
internal import NIOCore

/// Asks a proxy outside for a tunnel, on a connection that nothing reads yet, and leaves when the tunnel stands.
final class OutsideTunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Longer answers are none.
    private static let mostBytes = 16 << 10

    private let target: HostAndPort
    private let proxy: OutsideProxy.Server
    private let promise: EventLoopPromise<Void>
    private let timeout: TimeAmount
    private var answer: [UInt8] = []
    private var isOver = false
    private var alarm: Scheduled<Void>?

    init(_ target: HostAndPort, _ proxy: OutsideProxy.Server, loop: any EventLoop, timeout: TimeAmount) {
        self.target = target
        self.proxy = proxy
        self.timeout = timeout
        promise = loop.makePromise()
    }

    /// Fails with `EgressRefusal`.
    var opened: EventLoopFuture<Void> { promise.futureResult }

    func handlerAdded(context: ChannelHandlerContext) {
        var text = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n"
        proxy.authorization?.reveal { text += "Proxy-Authorization: Basic \($0)\r\n" }
        let channel = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: timeout) { bound.value.fail(channel, "did not answer") }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer += unwrapInboundIn(data).readableBytesView
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
            if answer.count > Self.mostBytes { fail(context.channel, "answered without an end") }
            return
        }
        let words = String(decoding: answer.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), words[1].count == 3, words[1].hasPrefix("2"),
            // Nobody has asked for anything yet.
            end.upperBound == answer.endIndex
        else { return fail(context.channel, "refused it (\(words.dropFirst().first?.prefix(3) ?? "no answer"))") }
        isOver = true
        alarm?.cancel()
        context.pipeline.syncOperations.removeHandler(self).cascade(to: promise)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !isOver { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) { fail(context.channel, "closed the connection") }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context.channel, "failed") }

    private func fail(_ channel: any Channel, _ what: String) {
        guard !isOver else { return }
        isOver = true
        alarm?.cancel()
        promise.fail(EgressRefusal(.upstreamFailed, "The proxy \(proxy.address), asked for \(target), \(what)."))
        channel.close(promise: nil)
    }
}
