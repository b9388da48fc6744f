import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RAG
import Synchronization

@testable import Server

/// What a client sees of a response.
struct Reply {
    var status: Int
    var headers: HTTPFields
    var text: String

    /// The body as JSON.
    var json: JSONValue { get throws { try JSONValue(parsing: text) } }
    /// The code of an error.
    var errorCode: String? { (try? json)?["error"]?["code"]?.string }
    /// The sentence of an error.
    var errorMessage: String? { (try? json)?["error"]?["message"]?.string }
}

/// Sends requests to the routes without a socket.
struct ServerFixture {
    var service = FakeService()
    /// A busy machine may take longer over a test than a client should be kept in doubt.
    var options = ServerOptions(waitingSeconds: 280, verbosity: .errors)
    var time = TimeSource.system
    var isReady = true
    /// A release of another kind, in place of `service`.
    var other: (any QueryService)?
    /// Where feedback goes; nil where none is kept.
    var feedback: FeedbackBox?
    /// Releases to be shown side by side.
    var compared: [ComparedRelease] = []
    /// Keys and an audit log.
    var access: AccessControl?

    /// Runs a test against one server.
    func run(_ test: @Sendable (Client) async throws -> Void) async throws {
        var assembly = ServerAssembly(service: other ?? service, options: options, time: time)
        assembly.feedback = feedback
        let compared = compared
        assembly.comparable = { compared }
        assembly.access = access
        if isReady { assembly.readiness.becomeReady() }
        let application = Application(router: assembly.router, logger: assembly.logger)
        try await application.test(.router) { try await test(Client(client: $0)) }
    }

    /// The reply to one request.
    func send(
        _ method: HTTPRequest.Method, _ path: String, body: String? = nil,
        headers: HTTPFields = [.contentType: "application/json"]
    ) async throws -> Reply {
        let replies = Mutex<[Reply]>([])
        try await run { client in
            let reply = try await client.send(method, path, body: body, headers: headers)
            replies.withLock { $0.append(reply) }
        }
        return replies.withLock { $0[0] }
    }

    /// The reply to a POST of a JSON text.
    func post(_ path: String, _ body: String) async throws -> Reply {
        try await send(.post, path, body: body)
    }

    /// Sends requests.
    struct Client: Sendable {
        let client: any TestClientProtocol

        func send(
            _ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]
        ) async throws -> Reply {
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { response in
                Reply(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
            }
        }
    }
}

extension TimeSource {
    /// A clock that a test sets.
    static func manual(_ clock: ManualClock) -> TimeSource {
        TimeSource(now: { TimeSource.system.now() }, nanoseconds: { clock.nanoseconds })
    }
}

/// Time that goes on only when it is told to.
final class ManualClock: Sendable {
    private let state = Mutex<UInt64>(0)

    /// Since the beginning.
    var nanoseconds: UInt64 { state.withLock { $0 } }

    /// Lets time pass.
    func advance(seconds: Double) {
        state.withLock { $0 += UInt64(seconds * 1e9) }
    }
}

extension Route {
    /// A body that it takes.
    var example: String {
        switch self {
        case .chatCompletions, .messages:
            #"{"model": "neo", "max_tokens": 9, "messages": [{"role": "user", "content": "What?"}]}"#
        default: #"{"query": "a"}"#
        }
    }
}
