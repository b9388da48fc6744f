/// Why something was not let out: a word for programs, and a sentence.
package struct EgressRefusal: Error, Sendable, Hashable, Codable {
    /// What stands in `X-Proxy-Error`. The first three are those of codex's and srt's proxies.
    package enum Code: String, Sendable, Hashable, Codable {
        case allowlist = "blocked-by-allowlist"
        case denylist = "blocked-by-denylist"
        case methodPolicy = "method-policy"
        /// A name led to an address that is private, this machine's or its link's.
        case privateAddress = "private-address"
        /// The `Host` header is about another host than the connection.
        case hostMismatch = "host-mismatch"
        /// The TLS server name is about another host than the connection.
        case serverNameMismatch = "server-name-mismatch"
        /// Where only TLS may be spoken, something else was.
        case notTLS = "not-tls"
        /// A request that cannot be read in exactly one way.
        case badRequest = "bad-request"
        /// A type of DNS question that is not answered.
        case lookupType = "lookup-type"
        /// The name has no address.
        case nameNotFound = "name-not-found"
        /// The host could not be reached, or broke off.
        case upstreamFailed = "upstream-failed"
    }

    package let code: Code
    /// What was wrong, and where; for people inside and outside.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The status of HTTP that says so.
    var status: Int {
        switch code {
        case .badRequest: 400
        case .nameNotFound, .upstreamFailed: 502
        default: 403
        }
    }
}
