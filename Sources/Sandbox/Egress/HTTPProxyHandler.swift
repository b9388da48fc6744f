internal import NIOCore
internal import NIOHTTP1

/// A connection from inside that speaks HTTP: each request is judged by itself, and goes to the server that it is for, one
/// after the other. It is read only as fast as the server takes it.
final class HTTPProxyHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    enum Phase {
        /// Between requests.
        case idle
        /// A connection is being made for the exchange.
        case opening(HTTPExchange)
        /// Request and response are going through.
        case forwarding(HTTPExchange)
        /// The rest of a refused request is read and thrown away.
        case discarding(bytesLeft: Int)
        /// CONNECT was asked for.
        case connecting
        /// Nothing more is read.
        case closing
    }

    let session: EgressSession
    let role: ProxyRequest.Role
    var phase = Phase.idle
    var upstream: UpstreamEnd?
    var context: ChannelHandlerContext?
    var parts = CircularBuffer<HTTPServerRequestPart>()
    private var waitsToRead = false
    private var isProcessing = false
    var clock: IdleClock?

    init(session: EgressSession, role: ProxyRequest.Role) {
        self.session = session
        self.role = role
    }

    // MARK: The client's side

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let channel = context.channel
        clock = IdleClock(loop: session.loop, seconds: session.limits.idleSeconds) { channel.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        clock?.stop()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        parts.append(unwrapInboundIn(data))
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) { upstream?.flush() }

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { waitsToRead = true }
    }

    /// Reads what was not read while there was no room for it.
    func readAgain() {
        guard waitsToRead, mayRead else { return }
        waitsToRead = false
        context?.read()
    }

    private var mayRead: Bool {
        switch phase {
        case .connecting: false
        case .forwarding: parts.isEmpty && upstream?.canBeWritten != false
        default: parts.isEmpty
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { upstream?.readAgain() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return }
        // Who sends no more has gone, as other proxies see it, too; a model need not write on for nobody.
        if case .closing = phase { return }
        close()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leaveExchange()
        clock?.stop()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, case .idle = phase else { return close() }
        refuse(EgressRefusal(.badRequest, "The request could not be read as HTTP."), unread: true)
    }

    // MARK: Requests

    func process() {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        while let part = parts.first {
            switch (phase, part) {
            case (.idle, .head(let head)):
                parts.removeFirst()
                clock?.touch()
                begin(head)
            case (.forwarding(let exchange), _) where !exchange.requestIsDone:
                parts.removeFirst()
                clock?.touch()
                exchange.send(part, to: upstream)
            case (.discarding(let left), .body(let bytes)):
                parts.removeFirst()
                guard left > bytes.readableBytes else { return close() }
                phase = .discarding(bytesLeft: left - bytes.readableBytes)
            case (.discarding, .end):
                parts.removeFirst()
                phase = .idle
            case (.opening, _), (.forwarding, _), (.connecting, .head): return
            case (.connecting, _), (.closing, _): parts.removeFirst()
            case (.idle, _), (.discarding, .head): return close()
            }
        }
        readAgain()
    }

    private func begin(_ head: HTTPRequestHead) {
        if head.method == .CONNECT { return connect(head) }
        var request: ProxyRequest
        let forwarded: HTTPRequestHead
        let rule: String
        var entry: EgressLog.Entry
        do throws(EgressRefusal) {
            request = try ProxyRequest(head, role)
        } catch {
            log(error, host: HostName.shown(head.headers.first(name: "host") ?? head.uri), port: 0, head)
            return refuse(error, unread: true)
        }
        let target = session.meant(request.target)
        request.target = target
        entry = session.log.begin(
            .request, host: target.host.description, port: target.port, method: head.method.rawValue)
        let upstream = session.upstream(of: target)
        do throws(EgressRefusal) {
            switch session.decision(target, .request(method: head.method.rawValue)) {
            case .denied(let refusal): throw refusal
            case .allowed(let found): rule = found
            }
            forwarded = try request.forwarded(head, to: upstream)
        } catch {
            entry.row.verdict = .denied(error)
            session.log.end(entry)
            return refuse(error, unread: head.hasBody)
        }
        entry.row.verdict = .allowed(rule: rule)
        let exchange = HTTPExchange(head, forwarded, rule: rule, entry: entry)
        if let upstream = self.upstream, upstream.isUsable, upstream.target == target {
            exchange.isReused = true
            forward(exchange)
        } else {
            open(exchange, target, upstream)
        }
    }

    private func log(_ refusal: EgressRefusal, host: String, port: Int, _ head: HTTPRequestHead) {
        var entry = session.log.begin(.request, host: host, port: port, method: head.method.rawValue)
        entry.row.verdict = .denied(refusal)
        session.log.end(entry)
    }

    func open(_ exchange: HTTPExchange, _ target: HostAndPort, _ named: NamedUpstream?) {
        dropUpstream()
        phase = .opening(exchange)
        session.connect(target, through: named).assumeIsolated().whenComplete { result in
            guard case .opening = self.phase else {
                if case .success(let channel) = result { channel.close(promise: nil) }
                return
            }
            do {
                self.upstream = try UpstreamEnd(
                    result.get(), target: target, upstream: named, owner: self, session: self.session)
                self.forward(exchange)
                self.process()
                self.upstream?.flush()
            } catch {
                if case .success(let channel) = result { channel.close(promise: nil) }
                self.fail(exchange, error)
            }
        }
    }

    private func forward(_ exchange: HTTPExchange) {
        phase = .forwarding(exchange)
        upstream?.write(.head(exchange.forwarded))
    }
}

extension HTTPRequestHead {
    var hasBody: Bool {
        headers.contains(name: "transfer-encoding")
            || (headers.first(name: "content-length").map { $0 != "0" } ?? false)
    }
}
