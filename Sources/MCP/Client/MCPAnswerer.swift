package import Base

/// Answers what a server asks the user in the middle of a call.
package struct MCPAnswerer: Sendable {
    /// The answer to `elicitation/create`, as `ElicitResult`; nil where nobody is there.
    package var elicit: @Sendable (_ params: JSONValue) async -> JSONValue?
    /// Whether somebody is there: servers are told.
    package var isThere: Bool

    package init(elicit: @escaping @Sendable (_ params: JSONValue) async -> JSONValue?) {
        self.elicit = elicit
        isThere = true
    }

    private init() {
        elicit = { _ in nil }
        isThere = false
    }

    /// Nobody is there: what is asked is declined.
    package static let nobody = MCPAnswerer()

    /// What servers are told that Neo can.
    var capabilities: JSONValue { isThere ? ["elicitation": ["form": [:]]] : [:] }

    /// The answer to one request of a server.
    func answer(_ method: String, _ params: JSONValue) async -> Result<JSONValue, MCPFault> {
        switch method {
        case "ping": .success([:])
        case "elicitation/create": .success(await elicit(params) ?? ["action": "decline"])
        case "roots/list": .success(["roots": []])
        default: .failure(MCPFault(MCPErrorNumber.methodNotFound, "Neo does not offer \(method.prefix(60))."))
        }
    }
}
