import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport

/// A Hub on this machine that answers as a test tells it to.
final class LoopbackHub: Sendable {
    /// A request as it arrived.
    struct Received: Sendable, Hashable {
        var path: String
        var host: String
        var range: String
        var authorization: String?
    }

    /// What to answer.
    enum Reply: Sendable {
        /// The content, or the part of it that was asked for.
        case content([UInt8])
        /// The whole content, whatever was asked for.
        case whole([UInt8])
        /// The part that was asked for, but the connection breaks after some bytes.
        case cut([UInt8], after: Int)
        case redirect(String)
        case status(Int)
    }

    private struct ConnectionCut: Error {}

    private let log = Mutex<[Received]>([])
    private let answer: @Sendable (_ request: Received, _ earlier: Int) -> Reply

    /// A hub; `earlier` is how many requests for the same path came before.
    init(answer: @escaping @Sendable (_ request: Received, _ earlier: Int) -> Reply) {
        self.answer = answer
    }

    /// All requests so far.
    var requests: [Received] { log.withLock { $0 } }

    /// Runs the hub on a free port while `body` works.
    func run<Result: Sendable>(_ body: @Sendable @escaping (_ endpoint: String) async throws -> Result) async throws
        -> Result
    {
        try await withLoopbackServer(
            { isListening in
                try await Application(
                    responder: CallbackResponder<BasicRequestContext> { request, _ in self.respond(to: request) },
                    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { channel in
                        isListening(channel.localAddress?.port ?? 0) { try? await channel.close() }
                    }
                ).run()
            }, body)
    }

    private func respond(to request: Request) -> Response {
        let received = Received(
            path: request.uri.path, host: request.head.authority ?? "", range: request.headers[.range] ?? "",
            authorization: request.headers[.authorization]
        )
        let earlier = log.withLock { log in
            defer { log.append(received) }
            return log.count { $0.path == received.path }
        }
        let start = Int(received.range.dropFirst("bytes=".count).dropLast()) ?? 0
        switch answer(received, earlier) {
        case .content(let bytes):
            guard start < bytes.count else { return Response(status: .rangeNotSatisfiable) }
            return Response(
                status: .partialContent,
                headers: [.contentRange: "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes[start...]))
            )
        case .whole(let bytes):
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .cut(let bytes, let count):
            return Response(
                status: .partialContent,
                headers: [.contentRange: "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"],
                body: ResponseBody(contentLength: bytes.count - start) { writer in
                    try await writer.write(ByteBuffer(bytes: bytes[start..<start + count]))
                    throw ConnectionCut()
                }
            )
        case .redirect(let location):
            return Response(status: .temporaryRedirect, headers: [.location: location])
        case .status(let code):
            return Response(status: .init(code: code))
        }
    }
}
