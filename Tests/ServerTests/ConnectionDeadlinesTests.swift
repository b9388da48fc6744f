import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Server

/// The handler on a channel without a socket, whose clock the test sets.
@Suite struct ConnectionDeadlinesTests {
    private let post = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/v1/answer"))
    private let ok = HTTPResponsePart.head(HTTPResponse(status: .ok))

    @Test("A request that trickles is refused when its time is over, however often something comes")
    func trickle() throws {
        let channel = try open()
        try channel.writeInbound(post)
        for _ in 0..<9 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: " ")))
        }
        #expect(try status(channel) == nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(try status(channel) == 408)
        #expect(!channel.isActive)
    }

    @Test("A request that came in time is answered, however long that takes")
    func slowAnswer() throws {
        let channel = try open()
        try channel.writeInbound(post)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(channel.isActive)
        try channel.writeOutbound(ok)
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(channel.isActive)
        #expect(try head(channel)?.headerFields[.connection] == nil)
    }

    @Test("A client that does not take its answer loses its connection")
    func notTaken() throws {
        let channel = try open()
        try channel.writeInbound(post)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        // Written, but nothing of it goes out.
        _ = channel.write(ok)
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("An answer that is written slowly may take its time, a client that takes it slowly may not")
    func stream() throws {
        let channel = try open()
        try channel.writeInbound(post)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try channel.writeOutbound(ok)
        for _ in 0..<10 {
            channel.embeddedEventLoop.advanceTime(by: .hours(1))
            try channel.writeOutbound(HTTPResponsePart.body(ByteBuffer(string: "word ")))
        }
        #expect(channel.isActive)
        _ = channel.write(HTTPResponsePart.body(ByteBuffer(string: "word ")))
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(!channel.isActive)
    }

    @Test("Who waits for a client to leave hears it when its connection closes")
    func departure() async throws {
        let clients = ConnectedClients()
        let channel = EmbeddedChannel()
        clients.arrive(ObjectIdentifier(channel))
        async let departure: Void = clients.departure(of: ObjectIdentifier(channel))
        clients.leave(ObjectIdentifier(channel))
        // Also where it left before anybody waited.
        clients.arrive(ObjectIdentifier(channel))
        clients.leave(ObjectIdentifier(channel))
        _ = channel
        try await departure
    }

    @Test("While an answer is being made, the next request has time")
    func pipelined() throws {
        let channel = try open()
        try channel.writeInbound(post)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try channel.writeInbound(post)
        channel.embeddedEventLoop.advanceTime(by: .seconds(25))
        #expect(channel.isActive)
        try channel.writeOutbound(ok)
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(!channel.isActive)
    }

    @Test("An answer before the end of its request is the connection's last, and the rest is read only for a while")
    func early() throws {
        let closes = CloseRecorder()
        let channel = try open(closes: closes)
        try channel.writeInbound(post)
        try channel.writeOutbound(ok)
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(try head(channel)?.headerFields[.connection] == "close")
        #expect(closes.modes == [.output])
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "more")))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(closes.modes == [.output, .all])
        #expect(!channel.isActive)
    }

    @Test("Where the connections are all open, each is given up after its answer", arguments: [true, false])
    func crowded(isCrowded: Bool) throws {
        let channel = try open(isCrowded: isCrowded)
        try channel.writeInbound(post)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try channel.writeOutbound(ok)
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(try head(channel)?.headerFields[.connection] == (isCrowded ? "close" : nil))
        #expect(channel.isActive == !isCrowded)
    }

    private func open(isCrowded: Bool = false, closes: CloseRecorder = CloseRecorder()) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers(
            closes, ConnectionDeadlines(limit: .seconds(10)) { isCrowded })
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func head(_ channel: EmbeddedChannel) throws -> HTTPResponse? {
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        return head
    }

    private func status(_ channel: EmbeddedChannel) throws -> Int? {
        try head(channel)?.status.code
    }
}

/// Remembers what is closed; an embedded channel cannot close one half, so that half stays open.
private final class CloseRecorder: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart

    private(set) var modes: [CloseMode] = []

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        modes.append(mode)
        if mode == .output { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
    }
}
