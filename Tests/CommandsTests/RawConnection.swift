import NIOCore
import NIOPosix

/// A connection on which a test sends what it likes, also what no HTTP client would.
struct RawConnection {
    private let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Connects to a port of this machine, and closes after the body.
    static func open<Result>(
        _ port: Int, _ body: (RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        var result: Result?
        do {
            try await channel.executeThenClose { inbound, outbound in
                result = try await body(RawConnection(inbound: inbound, outbound: outbound))
            }
        } catch let error as ChannelError where error == .ioOnClosedChannel {
            // The server may have closed it first.
            if let result { return result }
            throw error
        }
        guard let result else { throw ChannelError.ioOnClosedChannel }
        return result
    }

    /// The whole reply to a request that asks to close the connection.
    ///
    /// Where all tests run at once, seconds may pass between connecting and sending, and a server with a short patience
    /// has closed the connection by then: that is no reply, and it is tried again.
    static func reply(_ port: Int, to request: String) async throws -> String {
        for _ in 0..<20 {
            do {
                return try await open(port) { connection in
                    try await connection.send(request)
                    return await connection.rest()
                }
            } catch let error as ChannelError where error == .ioOnClosedChannel {
                continue
            }
        }
        throw ChannelError.ioOnClosedChannel
    }

    /// Sends a text as it is.
    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// All that comes until the server closes the connection; may be called once.
    func rest() async -> String {
        var received = ""
        do {
            for try await part in inbound { received += String(buffer: part) }
        } catch {
            // A reset ends a connection like any other end.
        }
        return received
    }
}
