internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// Closes connections on which a client is slow on purpose: one that sends its body byte by byte, or does not take
/// its answer. Hummingbird's own limit bounds the silence between and before requests; a trickle is no silence.
///
/// It also ends a connection after its answer where places are scarce, or where the answer came before the end of
/// its request: the rest would be read for nothing.
final class ConnectionDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a request may take to come in, and how far behind a client may be in taking what was written.
    private let limit: TimeAmount
    /// Hear when a client leaves.
    private let clients: ConnectedClients
    /// Whether so many connections are open that others may soon have to wait.
    private let isCrowded: () -> Bool
    /// How long the rest of a request is read after its answer: closing at once would make the system throw the
    /// answer away.
    private static let lingering = TimeAmount.seconds(2)

    private var isReading = false
    private var unanswered = 0
    private var isAnswering = false
    /// How many parts of answers were written and not yet taken.
    private var untaken = 0
    private var isLast = false
    private var readDeadline: Scheduled<Void>?
    private var writeDeadline: Scheduled<Void>?

    init(limit: TimeAmount, clients: ConnectedClients = ConnectedClients(), isCrowded: @escaping () -> Bool) {
        self.limit = limit
        self.clients = clients
        self.isCrowded = isCrowded
    }

    func handlerAdded(context: ChannelHandlerContext) {
        clients.arrive(ObjectIdentifier(context.channel))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        clients.leave(ObjectIdentifier(context.channel))
        readDeadline?.cancel()
        writeDeadline?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clients.leave(ObjectIdentifier(context.channel))
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Clients that close their own half and go on to listen are rare; clients that leave are not.
        if case .inputClosed? = event as? ChannelEvent { clients.leave(ObjectIdentifier(context.channel)) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            // After the last answer nothing more is read.
            if isLast { return }
            isReading = true
            unanswered += 1
            waitForRequest(context)
        case .body:
            if isLast { return }
        case .end:
            isReading = false
            readDeadline?.cancel()
            if isLast {
                context.close(promise: nil)
                return
            }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            isAnswering = true
            if isCrowded() || (isReading && unanswered == 1) {
                isLast = true
                head.headerFields[.connection] = "close"
            }
            context.write(wrapOutboundOut(.head(head)), promise: awaited(promise, context))
        case .body:
            context.write(data, promise: awaited(promise, context))
        case .end:
            isAnswering = false
            unanswered -= 1
            let promise = awaited(promise, context)
            promise.futureResult.assumeIsolated().whenSuccess { self.tookAnswer(context) }
            context.writeAndFlush(data, promise: promise)
        }
    }

    /// A promise that ends the deadline once the client has taken all that was written so far. An answer that is still
    /// being made may take as long as it likes; only the client may not.
    private func awaited(
        _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) -> EventLoopPromise<Void> {
        let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
        untaken += 1
        if untaken == 1 { waitForTaking(context) }
        promise.futureResult.assumeIsolated().whenSuccess {
            self.untaken -= 1
            if self.untaken == 0 { self.writeDeadline?.cancel() }
        }
        return promise
    }

    /// A client took an answer to its end.
    private func tookAnswer(_ context: ChannelHandlerContext) {
        guard isLast else { return }
        guard isReading else {
            context.close(promise: nil)
            return
        }
        context.close(mode: .output, promise: nil)
        readDeadline?.cancel()
        readDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingering) {
            context.close(promise: nil)
        }
    }

    private func waitForTaking(_ context: ChannelHandlerContext) {
        writeDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }

    private func waitForRequest(_ context: ChannelHandlerContext) {
        readDeadline?.cancel()
        readDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { self.refuse(context) }
    }

    /// The request has not come in time.
    private func refuse(_ context: ChannelHandlerContext) {
        // While an earlier request is answered, it is the server that does not read.
        if unanswered > 1 {
            waitForRequest(context)
            return
        }
        if !isAnswering, unanswered == 1 {
            let failure = RequestFailure(
                .requestTimeout, code: "request_timeout",
                "The request did not come in within \(limit.nanoseconds / 1_000_000_000) s.",
                headers: [.connection: "close"]
            )
            let response = Response.failure(failure)
            context.write(wrapOutboundOut(.head(response.head)), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(string: failure.body.canonicalText))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }
}
