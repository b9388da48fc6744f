import NIOCore
import NIOHTTP1
import TestSupport

/// `/hello` says so, `/big/N` sends N bytes, `/sent` says how many of those went out so far, `/moved/HOST` redirects,
/// `/bye` says so and closes, `/last` says that it will, `/events` sends three events, each when `/ack` was asked for the one before, `/silent` never
/// ends, `/left` says how many clients of that one left; all else gets its own body back.
final class WorldServer: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let requests: Collected<(head: HTTPRequestHead, body: String)>
    /// How many bytes of each piece of `/big` went out.
    private let sent: Collected<Int>
    private let left: Collected<Int>
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ requests: Collected<(head: HTTPRequestHead, body: String)>, _ sent: Collected<Int>, _ left: Collected<Int>) {
        self.requests = requests
        self.sent = sent
        self.left = left
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ByteBuffer()
        case .body(let bytes): body.writeImmutableBuffer(bytes)
        case .end:
            guard let head else { return }
            requests.add((head, String(buffer: body)))
            answer(head, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if head?.uri == "/silent" { left.add(1) }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let parts = head.uri.split(separator: "/").map(String.init)
        if parts.first == "big", let count = parts.last.flatMap(Int.init) {
            begin(.ok, ["content-length": String(count)], context)
            return send(count, context)
        }
        if parts.first == "moved", let host = parts.last {
            begin(.found, ["location": "http://\(host)/hello", "content-length": "0"], context)
            return end(context)
        }
        if parts.first == "events" {
            begin(.ok, ["content-type": "text/event-stream"], context)
            return events(1, acknowledged: acknowledgements, context)
        }
        if parts.first == "silent" {
            begin(.ok, ["content-type": "text/event-stream"], context)
            return context.flush()
        }
        if parts.first == "left" { body = ByteBuffer(string: "\(left.all.count)\n") }
        if parts.first == "sent" { body = ByteBuffer(string: "\(sent.all.reduce(0, +))\n") }
        // Without a word about it in the head.
        if parts.first == "bye" {
            begin(.ok, ["content-length": "4"], context)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "bye\n")))), promise: nil)
            end(context)
            return context.close(promise: nil)
        }
        if parts.first == "last" {
            begin(.ok, ["content-length": "5", "connection": "close"], context)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "last\n")))), promise: nil)
            return end(context)
        }
        let answer = parts.first == "hello" ? ByteBuffer(string: "hello\n") : body
        begin(.ok, ["content-length": String(answer.readableBytes)], context)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer))), promise: nil)
        end(context)
    }

    private func begin(_ status: HTTPResponseStatus, _ headers: [String: String], _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: HTTPHeaders(headers.map { ($0, $1) }))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func end(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func send(_ left: Int, _ context: ChannelHandlerContext) {
        guard left > 0 else { return end(context) }
        let count = min(left, 1 << 18)
        let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: count)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece)))).assumeIsolated().whenSuccess {
            self.sent.add(count)
            self.send(left - count, context)
        }
    }

    private var acknowledgements: Int { requests.all.count { $0.head.uri == "/ack" } }

    /// - Parameter acknowledged: how many acknowledgements there were before the first event.
    private func events(_ number: Int, acknowledged: Int, _ context: ChannelHandlerContext) {
        guard number <= 3 else { return end(context) }
        guard acknowledgements - acknowledged >= number - 1 else {
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) {
                self.events(number, acknowledged: acknowledged, context)
            }
            return
        }
        let event = ByteBuffer(string: "data: \(number)\n\n")
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(event)))).assumeIsolated().whenSuccess {
            self.events(number + 1, acknowledged: acknowledged, context)
        }
    }
}
