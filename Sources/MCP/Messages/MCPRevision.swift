/// A revision of the protocol that Neo speaks.
package enum MCPRevision: String, Sendable, Hashable, CaseIterable {
    /// Stateless: every request says who asks, and what it can.
    case modern = "2026-07-28"
    /// A conversation that begins with `initialize`.
    case legacy = "2025-11-25"

    /// Revisions that a server may answer `initialize` with: what is used of them is the same.
    package static let handshakes = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
}

/// Names of the protocol.
package enum MCPName {
    /// In `_meta`: which revision a request is of.
    package static let version = "io.modelcontextprotocol/protocolVersion"
    static let client = "io.modelcontextprotocol/clientInfo"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"
    static let server = "io.modelcontextprotocol/serverInfo"
}

/// Numbers of the protocol's errors.
package enum MCPErrorNumber {
    package static let parse = -32700
    package static let invalidRequest = -32600
    package static let methodNotFound = -32601
    package static let invalidParams = -32602
    package static let internalError = -32603
    package static let headerMismatch = -32020
    package static let missingCapability = -32021
    package static let unsupportedVersion = -32022
}
