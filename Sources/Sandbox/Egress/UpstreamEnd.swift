internal import NIOCore
internal import NIOHTTP1

/// The proxy's connection to a server of plain HTTP, or to an upstream by TLS. It is read only as fast as the client can
/// be written.
final class UpstreamEnd: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Which server it is.
    let target: HostAndPort
    private weak var owner: HTTPProxyHandler?
    private var context: ChannelHandlerContext?
    private var waitsToRead = false

    /// Puts itself and HTTP on a connection that nothing reads yet.
    init(
        _ channel: any Channel, target: HostAndPort, upstream: NamedUpstream?, owner: HTTPProxyHandler,
        session: EgressSession
    ) throws {
        self.target = target
        self.owner = owner
        let pipeline = channel.pipeline.syncOperations
        if let upstream, let tls = try session.tlsHandler(for: upstream) { try pipeline.addHandler(tls) }
        var plain = HTTPRequestEncoder.Configuration()
        plain.automaticallySetFramingHeaders = false
        try pipeline.addHandler(HTTPRequestEncoder(configuration: plain))
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPResponseDecoder(informationalResponseStrategy: .forward)))
        try pipeline.addHandler(self)
        // The end of what it sends is the end of it.
        try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        try channel.syncOptions?.setOption(.autoRead, value: true)
    }

    var isUsable: Bool { context?.channel.isActive == true }
    var canBeWritten: Bool { context?.channel.isWritable == true }

    func write(_ part: HTTPClientRequestPart) { context?.write(wrapOutboundOut(part), promise: nil) }
    func flush() { context?.flush() }

    func readAgain() {
        guard waitsToRead else { return }
        waitsToRead = false
        context?.read()
    }

    /// Closes it, and says no more.
    func leave() {
        owner = nil
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let owner { owner.received(unwrapInboundIn(data), from: self) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { owner?.flushToClient() }

    func read(context: ChannelHandlerContext) {
        if owner?.clientCanBeWritten != false { context.read() } else { waitsToRead = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { owner?.readAgain() }
    }

    func channelInactive(context: ChannelHandlerContext) { owner?.upstreamEnded(self) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        owner?.upstreamEnded(self)
        leave()
    }
}
