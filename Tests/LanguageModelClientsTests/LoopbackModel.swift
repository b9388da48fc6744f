import Base
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport

/// A model server on this machine that answers as a test tells it to.
final class LoopbackModel: Sendable {
    /// A request as it arrived.
    struct Received: Sendable {
        var path: String
        var authorization: String?
        var body: JSONValue
    }

    /// What to answer.
    enum Reply: Sendable {
        case json(JSONValue)
        case text(String)
        case status(Int, JSONValue, retryAfter: String?)
    }

    private let log = Mutex<[Received]>([])
    private let waiting: @Sendable () async -> Void
    private let answer: @Sendable (_ request: Received, _ earlier: Int) -> Reply

    /// A server; `earlier` is how many requests came before.
    init(
        waiting: @escaping @Sendable () async -> Void = {},
        answer: @escaping @Sendable (_ request: Received, _ earlier: Int) -> Reply
    ) {
        self.waiting = waiting
        self.answer = answer
    }

    /// All requests so far.
    var requests: [Received] { log.withLock { $0 } }

    /// Runs the server on a free port while `body` works.
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
                    onServerRunning: { isListening($0.localAddress?.port ?? 0) }
                ).run()
            }, body)
    }

    private func respond(to request: Request) async throws -> Response {
        let bytes = try await request.body.collect(upTo: 1 << 22)
        let received = Received(
            path: request.uri.path, authorization: request.headers[.authorization],
            body: try JSONValue(parsing: String(buffer: bytes))
        )
        let earlier = log.withLock { log in
            log.append(received)
            return log.count - 1
        }
        await waiting()
        switch answer(received, earlier) {
        case .json(let value): return Self.response(.ok, value.canonicalText)
        case .text(let text): return Self.response(.ok, text)
        case .status(let code, let value, let retryAfter):
            var response = Self.response(.init(code: code), value.canonicalText)
            if let retryAfter { response.headers[.retryAfter] = retryAfter }
            return response
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
