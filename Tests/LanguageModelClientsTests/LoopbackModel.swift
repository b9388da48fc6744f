import Base
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
import Synchronization
import TestSupport
import Testing

/// A model server on this machine that answers as a test tells it to.
final class LoopbackModel: Sendable {
    /// A request as it arrived.
    struct Received: Sendable {
        var path: String
        var authorization: String?
        var headers: [String: String]
        var body: JSONValue
        /// The client's port, which tells its connections apart.
        var clientPort: Int?
    }

    /// What to answer.
    enum Reply: Sendable {
        case json(JSONValue)
        case text(String)
        case status(Int, JSONValue, retryAfter: String?)
        /// A page for people.
        case page(String)
        /// Pieces of an event stream.
        case stream([String])
        /// Pieces of an event stream, then the connection breaks.
        case cut([String])
        /// Pieces of an event stream, then nothing more until the client closes the connection.
        case held([String])
    }

    private let log = Mutex<[Received]>([])
    private let tls: TLSConfiguration?
    private let waiting: @Sendable () async -> Void
    private let answer: @Sendable (_ request: Received, _ earlier: Int) -> Reply
    /// An element for each held stream whose client went away.
    let closings: AsyncStream<Void>
    private let closing: AsyncStream<Void>.Continuation

    /// A server; `earlier` is how many requests came before.
    init(
        tls: TLSConfiguration? = nil, waiting: @escaping @Sendable () async -> Void = {},
        answer: @escaping @Sendable (_ request: Received, _ earlier: Int) -> Reply
    ) {
        self.tls = tls
        self.waiting = waiting
        self.answer = answer
        (closings, closing) = AsyncStream.makeStream(of: Void.self)
    }

    /// All requests so far.
    var requests: [Received] { log.withLock { $0 } }

    /// How many connections were used.
    var connections: Int { Set(requests.map(\.clientPort)).count }

    /// Runs the server on a free port while `body` works.
    func run<Result: Sendable>(_ body: @Sendable @escaping (_ url: String) async throws -> Result) async throws
        -> Result
    {
        let server: HTTPServerBuilder = try tls.map { try .tls(.http1(), tlsConfiguration: $0) } ?? .http1()
        let scheme = tls == nil ? "http" : "https"
        return try await withLoopbackServer(
            { isListening in
                try await Application(
                    responder: CallbackResponder<Context> { request, context in
                        try await self.respond(to: request, from: context.clientPort)
                    },
                    server: server,
                    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { channel in
                        isListening(channel.localAddress?.port ?? 0) { try? await channel.close() }
                    }
                ).run()
            }, { try await body($0.replacing("http:", with: scheme + ":")) })
    }

    /// A context that knows the connection.
    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let clientPort: Int?

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            clientPort = source.channel.remoteAddress?.port
        }
    }

    private func respond(to request: Request, from clientPort: Int?) async throws -> Response {
        var request = request
        let bytes = try await request.collectBody(upTo: 1 << 22)
        let received = Received(
            path: request.uri.path, authorization: request.headers[.authorization],
            headers: Dictionary(
                request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { first, _ in first }),
            body: bytes.readableBytes == 0 ? nil : try JSONValue(parsing: String(buffer: bytes)), clientPort: clientPort
        )
        let earlier = log.withLock { log in
            log.append(received)
            return log.count - 1
        }
        await waiting()
        switch answer(received, earlier) {
        case .json(let value):
            var response = Self.response(.ok, value.canonicalText)
            response.headers[.contentType] = "application/json"
            return response
        case .text(let text): return Self.response(.ok, text)
        case .page(let text):
            var response = Self.response(.ok, text)
            response.headers[.contentType] = "text/html; charset=utf-8"
            return response
        case .stream(let pieces): return Self.stream(pieces) { try await $0.finish(nil) }
        case .cut(let pieces): return Self.stream(pieces) { _ in throw Broken() }
        case .held(let pieces):
            return Self.stream(pieces) { [closing, request] _ in
                defer { closing.yield() }
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await Task.sleep(for: .seconds(3_600))
                }
            }
        case .status(let code, let value, let retryAfter):
            var response = Self.response(.init(code: code), value.canonicalText)
            if let retryAfter { response.headers[.retryAfter] = retryAfter }
            return response
        }
    }

    private struct Broken: Error {}

    private static func stream(
        _ pieces: [String],
        then end: @escaping @Sendable @concurrent (inout any ResponseBodyWriter) async throws -> Void
    ) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { writer in
                for piece in pieces { try await writer.write(ByteBuffer(string: piece)) }
                try await end(&writer)
            })
    }

    private static func response(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension LoopbackModel.Reply: CustomTestStringConvertible {
    /// Some replies are megabytes long.
    var testDescription: String { String(String(describing: self).prefix(100)) }
}
