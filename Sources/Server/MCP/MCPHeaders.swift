internal import Base
internal import HTTPTypes
internal import Hummingbird
internal import MCP

/// What stands in headers beside a message, for whoever passes it on without reading it.
enum MCPHeaders {
    /// The session of a client of the earlier revision.
    static let sessionID = name("mcp-session-id")
    private static let protocolVersion = name("mcp-protocol-version")
    private static let method = name("mcp-method")
    private static let target = name("mcp-name")
    /// The parameters that say of a request whom it is to.
    private static let targets = ["tools/call": "name", "prompts/get": "name", "resources/read": "uri"]

    /// The revision that a request says it is of.
    static func version(_ request: Request) -> String? { request.headers[protocolVersion] }

    /// What a request's headers say otherwise than its body; nil where both say the same. Whoever reads the one must not be
    /// told something else than whoever reads the other.
    static func mismatch(_ request: Request, _ message: MCPRequest) -> String? {
        for field in [protocolVersion, method, target] where request.headers[values: field].count > 1 {
            return "The header \(field.canonicalName) stands there more than once."
        }
        let version = message.params?["_meta"]?[MCPName.version]?.string
        guard version != nil, request.headers[protocolVersion] == version else {
            return "MCP-Protocol-Version and `_meta` name different revisions."
        }
        guard request.headers[method] == message.method else { return "Mcp-Method and `method` differ." }
        if let parameter = targets[message.method], let value = message.params?[parameter]?.string {
            let given = request.headers[target].flatMap(HTTPHeaderText.decoded)
            guard given == value else { return "Mcp-Name and `\(parameter)` differ." }
        }
        return nil
    }

    private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .accept }
}
