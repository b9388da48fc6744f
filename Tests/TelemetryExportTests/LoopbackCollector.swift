import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport

/// A collector on this machine that answers as a test tells it to, and keeps what it got.
final class LoopbackCollector: Sendable {
    /// A request as it arrived.
    struct Received: Sendable {
        var path: String
        var type: String?
        var authorization: String?
        var body: Data
    }

    /// What to answer.
    enum Reply: Sendable {
        case status(Int)
        case body([UInt8])
        /// Nothing, until the client goes away.
        case silence
    }

    private let log = Mutex<[Received]>([])
    private let answer: @Sendable (_ earlier: Int) -> Reply

    /// A collector; `earlier` is how many requests came before.
    init(_ answer: @escaping @Sendable (_ earlier: Int) -> Reply = { _ in .body([]) }) { self.answer = answer }

    /// All requests so far.
    var requests: [Received] { log.withLock { $0 } }

    /// Runs it on a free port while `body` works.
    func run<Result: Sendable>(_ body: @Sendable @escaping (_ url: String) async throws -> Result) async throws
        -> Result
    {
        try await withLoopbackServer(
            { isListening in
                try await Application(
                    responder: CallbackResponder<BasicRequestContext> { request, _ in
                        try await self.respond(to: request)
                    },
                    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { channel in
                        isListening(channel.localAddress?.port ?? 0) { try? await channel.close() }
                    }
                ).run()
            }, body)
    }

    private func respond(to request: Request) async throws -> Response {
        var request = request
        let bytes = try await request.collectBody(upTo: 1 << 24)
        let received = Received(
            path: request.uri.path, type: request.headers[.contentType], authorization: request.headers[.authorization],
            body: Data(bytes.readableBytesView))
        let earlier = log.withLock { log in
            log.append(received)
            return log.count - 1
        }
        switch answer(earlier) {
        case .status(let code): return Response(status: .init(code: code))
        case .body(let bytes): return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .silence:
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await Task.sleep(for: .seconds(3_600))
            }
            return Response(status: .ok)
        }
    }
}
