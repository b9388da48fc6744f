internal import Base
internal import Downloads

extension ModelEndpoint {
    /// So many requests are under way at a time where nobody says how many may be.
    private static let usualConcurrentRequests = 8

    /// How the endpoint is spoken to.
    func settings(
        proxies: ProxySettings, attempts: Int, seconds: Int64, replyBytes: Int,
        pause: @escaping @Sendable (_ seconds: Double) async throws -> Void
    ) -> EndpointSettings {
        let bearer = key.flatMap { key in key.reveal { Secret("Bearer \($0)") } }
        let authorization = bearer.map { ["authorization": $0] } ?? [:]
        return EndpointSettings(
            url: url, headers: headers.merging(authorization) { own, _ in own }, key: key, proxies: proxies,
            certificateAuthority: certificateAuthority, attempts: attempts, seconds: timeLimitSeconds ?? seconds,
            replyBytes: replyBytes, concurrentRequests: concurrentRequests ?? Self.usualConcurrentRequests,
            pause: pause)
    }
}
