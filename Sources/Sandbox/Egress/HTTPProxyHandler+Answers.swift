internal import NIOCore
internal import NIOHTTP1

/// What the client gets: the server's answer, or a refusal.
extension HTTPProxyHandler {
    var clientCanBeWritten: Bool { context?.channel.isWritable != false }

    func flushToClient() { context?.flush() }

    /// A part of a response from the server.
    func received(_ part: HTTPClientResponsePart, from end: UpstreamEnd) {
        guard end === upstream, case .forwarding(let exchange) = phase, let context else { return end.leave() }
        clock?.touch()
        switch part {
        case .head(let head):
            guard head.status != .switchingProtocols else { return fail(exchange, nil) }
            guard let answer = exchange.answer(head) else { return }
            context.write(wrapOutboundOut(.head(answer)), promise: nil)
        case .body(let bytes):
            exchange.entry.row.bytesIn += bytes.readableBytes
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
        case .end(let trailers):
            context.write(wrapOutboundOut(.end(exchange.isChunked ? trailers : nil)), promise: nil)
            finish(exchange)
        }
    }

    private func finish(_ exchange: HTTPExchange) {
        exchange.end(in: session)
        if !exchange.serverStays || !exchange.requestIsDone { dropUpstream() }
        guard exchange.clientStays, exchange.requestIsDone else { return flushAndClose() }
        // A server that was dropped says no more that all of it has been read.
        flushToClient()
        phase = .idle
        process()
    }

    /// The server is gone.
    func upstreamEnded(_ end: UpstreamEnd) {
        guard end === upstream else { return }
        upstream = nil
        guard case .forwarding(let exchange) = phase else { return }
        if exchange.mayBeSentAgain {
            exchange.isReused = false
            // Its end is sent once more, too.
            if exchange.requestIsDone { parts.prepend(.end(nil)) }
            exchange.requestIsDone = false
            return open(exchange, end.target, session.upstream(of: end.target))
        }
        fail(exchange, nil)
    }

    func fail(_ exchange: HTTPExchange, _ error: (any Error)?) {
        let refusal = error as? EgressRefusal ?? EgressRefusal(.upstreamFailed, "\(exchange.host) broke off.")
        exchange.entry.row.verdict = .init(rule: exchange.rule, refusal)
        exchange.end(in: session)
        dropUpstream()
        // A response that has begun can only be broken off.
        if exchange.hasAnswered { return close() }
        refuse(refusal, unread: !exchange.requestIsDone && exchange.hasBody, isRead: exchange.requestIsDone)
    }

    /// Says why not.
    ///
    /// - Parameters:
    ///   - unread: whether a part of the request may still be to come that is more than its end.
    ///   - isRead: whether its end was read, too.
    func refuse(_ refusal: EgressRefusal, unread: Bool, isRead: Bool = false) {
        guard let context else { return }
        let text = refusal.message + "\n"
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: refusal.status))
        head.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
        head.headers.add(name: "content-length", value: String(text.utf8.count))
        head.headers.add(name: "x-proxy-error", value: refusal.code.rawValue)
        if unread { head.headers.add(name: "connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        if unread { return flushAndClose() }
        context.flush()
        phase = isRead ? .idle : .discarding(bytesLeft: 1)
        process()
    }

    /// Closes in a way in which the client can read the answer first: what it still sends would reset the connection.
    private func flushAndClose() {
        phase = .closing
        guard let context else { return }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer())))).whenComplete { _ in
            channel.close(mode: .output, promise: nil)
            if channel.isActive {
                channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
            }
        }
        process()
    }

    func close() {
        leaveExchange()
        context?.close(promise: nil)
    }

    /// Gives up what is under way.
    func leaveExchange() {
        if case .opening(let exchange) = phase { exchange.end(in: session) }
        if case .forwarding(let exchange) = phase { exchange.end(in: session) }
        phase = .closing
        dropUpstream()
    }

    func dropUpstream() {
        upstream?.leave()
        upstream = nil
    }
}
