internal import Base
internal import Downloads

/// How an endpoint is spoken to, whatever it serves.
struct EndpointSettings: Sendable {
    /// The address that paths are put behind, without a slash at its end.
    var url: String
    /// Headers that name or authorise the caller; never sent over a connection that others can read.
    var headers: [String: Secret] = [:]
    /// Headers that say nothing about the caller.
    var openHeaders: [String: String] = [:]
    /// What must not be shown, also where the server repeats it: the key without what stands before it in its header.
    var key: Secret?
    /// The proxies that lead there.
    var proxies = ProxySettings()
    /// A file of certificates, in PEM, of authorities that are trusted beside those of the machine.
    var certificateAuthority: String?
    /// How often a request is tried.
    var attempts: Int
    /// How long one try may take, from its first byte to the last of its answer.
    var seconds: Int64
    /// The longest answer that is read.
    var replyBytes: Int
    /// How many requests may be under way at a time.
    var concurrentRequests: Int
    /// Waits between attempts, at least as long as the server asked for.
    var pause: @Sendable (_ seconds: Double) async throws -> Void
    /// A number in 0 ..< 1, so that many clients do not come back at the same moment.
    var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }
    /// Where the time comes from.
    var time = TimeSource.system

    /// What must not be shown.
    var secrets: [Secret] { headers.values + (key.map { [$0] } ?? []) }
}
