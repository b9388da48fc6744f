import NIOCore
import NIOPosix
import Synchronization

/// A proxy on this machine that answers CONNECT and leads every tunnel to one port, whatever host was asked for.
final class LoopbackProxy: Sendable {
    private typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private let log = Mutex<[String]>([])
    private let authorization: String
    private let target: Int

    /// A proxy that lets in whoever shows `authorization`.
    init(to target: Int, authorization: String) {
        self.target = target
        self.authorization = authorization
    }

    /// The first line of every request.
    var requests: [String] { log.withLock { $0 } }

    /// Runs the proxy on a free port while `body` works.
    func run<Result: Sendable>(_ body: @Sendable @escaping (_ port: Int) async throws -> Result) async throws -> Result
    {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try Channel(wrappingChannelSynchronously: channel) }
            }
        return try await server.executeThenClose { connections in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await withThrowingDiscardingTaskGroup { tunnels in
                        for try await connection in connections {
                            tunnels.addTask { try? await self.serve(connection) }
                        }
                    }
                }
                let result = try await body(server.channel.localAddress?.port ?? 0)
                group.cancelAll()
                return result
            }
        }
    }

    private func serve(_ connection: Channel) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var bytes = inbound.makeAsyncIterator()
            var head = ""
            while !head.contains("\r\n\r\n"), let part = try await bytes.next() { head += String(buffer: part) }
            log.withLock { $0.append(head.prefix { $0 != "\r\n" }.description) }
            guard head.lowercased().contains("proxy-authorization: \(authorization)\r\n".lowercased()) else {
                let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"
                return try await outbound.write(ByteBuffer(string: refusal))
            }
            let far = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: target) { channel in
                    channel.eventLoop.makeCompletedFuture { try Channel(wrappingChannelSynchronously: channel) }
                }
            try await far.executeThenClose { farInbound, farOutbound in
                try await outbound.write(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { for try await part in farInbound { try await outbound.write(part) } }
                    while let part = try await bytes.next() { try await farOutbound.write(part) }
                    group.cancelAll()
                }
            }
        }
    }
}
