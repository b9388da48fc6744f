import NIOCore
import NIOPosix
import Synchronization

/// A server that answers whatever it is asked with the same piece again and again, as chunks of one reply of HTTP, and counts
/// what clients take: a piece counts when the system has it, and the next is not written before.
struct FloodServer: Sendable {
    /// The type of the reply.
    var type: String
    /// What it begins with.
    var first: String
    /// What comes then.
    var piece: String
    /// How often.
    var times: Int

    /// Counts what was taken of it.
    final class Count: Sendable {
        fileprivate let replies = Mutex(0)
        fileprivate let bytes = Mutex(0)

        /// How many replies were begun.
        var begun: Int { replies.withLock { $0 } }
        /// How many bytes the system took for all of them.
        var taken: Int { bytes.withLock { $0 } }
    }

    /// Serves on a port of this machine while `body` works.
    func run(_ body: (_ url: String) async throws -> Void) async throws -> Count {
        let count = Count()
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(flood: self, count: count))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body("http://127.0.0.1:\(server.localAddress?.port ?? 0)")
        } catch {
            try? await server.close()
            throw error
        }
        try await server.close()
        return count
    }

    private func chunk(_ text: String) -> ByteBuffer {
        ByteBuffer(string: String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let chunk: ByteBuffer
        private let head: ByteBuffer
        private let times: Int
        private let count: Count
        private var hasBegun = false

        init(flood: FloodServer, count: Count) {
            chunk = flood.chunk(flood.piece)
            var head = ByteBuffer(
                string: "HTTP/1.1 200 OK\r\ncontent-type: \(flood.type)\r\ntransfer-encoding: chunked\r\n\r\n")
            head.writeImmutableBuffer(flood.chunk(flood.first))
            self.head = head
            times = flood.times
            self.count = count
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !hasBegun else { return }
            hasBegun = true
            count.replies.withLock { $0 += 1 }
            write(head, context, left: times)
        }

        private func write(_ buffer: ByteBuffer, _ context: ChannelHandlerContext, left: Int) {
            context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenComplete { [self] result in
                guard case .success = result else { return }
                count.bytes.withLock { $0 += buffer.readableBytes }
                if left > 0 {
                    write(chunk, context, left: left - 1)
                } else {
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "0\r\n\r\n")), promise: nil)
                }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
