internal import NIOCore
internal import NIOPosix

/// A server of the host that answers whatever comes with the word by which an attack knows that it got there.
struct AttackServer: Sendable {
    /// What it answers.
    static let word = "reached-the-server"

    private let channel: any Channel

    /// Listens on the loopback.
    static func start() async throws -> AttackServer {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answer())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return AttackServer(channel: channel)
    }

    /// Where it listens.
    var port: Int { channel.localAddress?.port ?? 0 }

    /// Ends it.
    func stop() async { try? await channel.close() }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = "HTTP/1.1 200 OK\r\nContent-Length: \(word.utf8.count)\r\nConnection: close\r\n\r\n\(word)"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
