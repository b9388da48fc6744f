#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// One thing that somebody inside asked of the network, and what became of it.
package struct EgressConnection: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        /// A request of plain HTTP; a connection may carry several.
        case request
        /// Bytes that Neo does not read, usually TLS.
        case tunnel
        /// A name whose address was asked for, and refused.
        case lookup
    }

    /// What was decided.
    package enum Verdict: Sendable, Hashable, Codable {
        /// Let out, by this rule.
        case allowed(rule: String)
        case denied(EgressRefusal)
        /// Let out by the rule, and not served.
        case failed(rule: String, EgressRefusal)
    }

    package var kind: Kind
    /// The host as it was asked for.
    package var host: String
    package var port: Int
    /// The name in the TLS greeting.
    package var serverName: String?
    /// The method of a plain request.
    package var method: String?
    /// Bytes from inside to outside: of bodies for requests, all for tunnels.
    package var bytesOut: Int
    /// Bytes from outside to inside.
    package var bytesIn: Int
    package var start: Date
    package var durationSeconds: Double
    package var verdict: Verdict
}
