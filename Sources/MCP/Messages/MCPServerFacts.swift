package import Base

/// What a server says of itself: of `server/discover`, or of `initialize`.
package struct MCPServerFacts: Sendable, Hashable {
    package var name: String
    package var version: String
    /// What it tells models, which are a stranger's words.
    package var instructions: String?
    package var capabilities: JSONValue
    package var revision: MCPRevision

    /// Reads a result of `server/discover`; nil where the server does not speak Neo's revision.
    init?(discovered json: JSONValue) throws(MCPError) {
        guard let versions = json["supportedVersions"]?.array?.compactMap(\.string), json["capabilities"]?.object != nil
        else { throw MCPError(.form, "The answer to server/discover has no `supportedVersions` and `capabilities`.") }
        guard versions.contains(MCPRevision.modern.rawValue) else { return nil }
        self.init(json, json["_meta"]?[MCPName.server], .modern)
    }

    /// Reads a result of `initialize`.
    init(initialized json: JSONValue) throws(MCPError) {
        guard let version = json["protocolVersion"]?.string, json["capabilities"]?.object != nil else {
            throw MCPError(.form, "The answer to initialize has no `protocolVersion` and `capabilities`.")
        }
        guard MCPRevision.handshakes.contains(version) else {
            throw MCPError(
                .form,
                "The server speaks revision \(version.prefix(40)) of the protocol; Neo speaks "
                    + (MCPRevision.allCases.map(\.rawValue) + MCPRevision.handshakes.dropFirst()).joined(
                        separator: ", ")
                    + ".")
        }
        self.init(json, json["serverInfo"], .legacy)
    }

    private init(_ json: JSONValue, _ info: JSONValue?, _ revision: MCPRevision) {
        name = String((info?["name"]?.string ?? "").prefix(200))
        version = String((info?["version"]?.string ?? "").prefix(100))
        instructions = json["instructions"]?.string.map { String($0.prefix(8_000)) }
        capabilities = json["capabilities"] ?? [:]
        self.revision = revision
    }
}
