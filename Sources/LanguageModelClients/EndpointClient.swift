internal import Base
internal import Downloads

/// Sends JSON to an endpoint and reads JSON from it; tries again where that makes sense.
struct EndpointClient: Sendable {
    let endpoint: ModelEndpoint
    let proxies: ProxySettings
    /// How often a request is tried.
    let attempts: Int
    /// How long one try may take.
    let seconds: Int64
    /// Waits between attempts, at least as long as the server asked for.
    let pause: @Sendable (_ seconds: Double) async throws -> Void

    /// The greatest reply that is read: 256 vectors of 8,192 numbers, written out, are about 45 MB.
    private static let replyBytes = 128 << 20

    /// What `path` answers to `body`.
    @concurrent
    func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        let bearer = endpoint.key.flatMap { key in key.reveal { Secret("Bearer \($0)") } }
        let settings = EndpointSettings(
            url: endpoint.url, headers: bearer.map { ["authorization": $0] } ?? [:], key: endpoint.key,
            proxies: proxies, attempts: attempts, seconds: seconds, replyBytes: Self.replyBytes,
            concurrentRequests: 1, pause: pause)
        return try await EndpointSession.with(settings) { try await $0.post(path, body) }
    }
}
