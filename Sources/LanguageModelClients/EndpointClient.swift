internal import Base
internal import Downloads
internal import Synchronization

/// Sends JSON to an endpoint and reads JSON from it; tries again where that makes sense.
///
/// Its connections are opened by the first request and kept for as long as somebody holds it: encoders and rerankers have
/// no other end.
final class EndpointClient: Sendable {
    /// The greatest reply that is read: 256 vectors of 8,192 numbers, written out, are about 45 MB.
    private static let replyBytes = 128 << 20

    let endpoint: ModelEndpoint
    private let settings: EndpointSettings
    private let session = Mutex<EndpointSession?>(nil)

    /// A client; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - attempts: how often a request is tried.
    ///   - seconds: how long one try may take, where the endpoint does not say.
    ///   - pause: waits between attempts, at least as long as the server asked for.
    init(
        endpoint: ModelEndpoint, proxies: ProxySettings, attempts: Int, seconds: Int64,
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void
    ) {
        self.endpoint = endpoint
        settings = endpoint.settings(
            proxies: proxies, attempts: attempts, seconds: seconds, replyBytes: Self.replyBytes, pause: pause)
    }

    deinit {
        session.withLock { $0?.close() }
    }

    /// What `path` answers to `body`.
    @concurrent
    func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        try await opened().post(path, body)
    }

    private func opened() throws(EndpointError) -> EndpointSession {
        try session.withLock { session throws(EndpointError) in
            if let session { return session }
            let new = try EndpointSession(opening: settings)
            session = new
            return new
        }
    }
}
