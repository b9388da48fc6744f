package import Base

/// One message of JSON-RPC 2.0, as the Agent Client Protocol uses it: the language of editors that have an agent work.
package enum ACPMessage: Sendable, Hashable {
    case request(id: JSONValue, method: String, params: JSONValue?)
    case notification(method: String, params: JSONValue?)
    /// Nil where the other side failed, or its answer makes no sense: whoever waits has no answer then.
    case response(id: JSONValue, result: JSONValue?)

    /// Deeper than what any client has to say.
    private static let mostLevels = 128

    /// Reads a line.
    ///
    /// - Throws: `ACPFault`, with the id of the request where it could be read.
    package init(line: [UInt8]) throws(ACPFault) {
        let json: JSONValue
        do { json = try JSONValue(parsing: line, maximumDepth: Self.mostLevels) } catch {
            throw ACPFault(.parse, "A line is no JSON: at byte \(error.offset), \(error.expected) was expected.")
        }
        guard let members = json.object else { throw ACPFault(.request, "A message is no JSON object.") }
        var id: JSONValue?
        if let named = members["id"], named.string != nil || named.integer != nil { id = named }
        guard members["jsonrpc"] == "2.0" else {
            throw ACPFault(.request, "A message does not say \"jsonrpc\": \"2.0\".", id: id)
        }
        guard let name = members["method"] else {
            guard let id else {
                throw ACPFault(.request, "A message has no `method`, and no `id` of something that was asked.")
            }
            self = .response(id: id, result: members["error"] == nil ? members["result"] : nil)
            return
        }
        guard let method = name.string else {
            throw ACPFault(.request, "The `method` of a message is no text.", id: id)
        }
        guard members["id"] != nil else {
            self = .notification(method: method, params: members["params"])
            return
        }
        guard let id else { throw ACPFault(.request, "The `id` of a request is neither text nor whole number.") }
        self = .request(id: id, method: method, params: members["params"])
    }

    /// The message as a line, with its end.
    package var line: [UInt8] {
        var members: [String: JSONValue] = ["jsonrpc": "2.0"]
        switch self {
        case .request(let id, let method, let params):
            members["id"] = id
            members["method"] = .string(method)
            members["params"] = params
        case .notification(let method, let params):
            members["method"] = .string(method)
            members["params"] = params
        case .response(let id, let result):
            members["id"] = id
            members["result"] = result ?? .null
        }
        return Array((JSONValue.object(members).canonicalText + "\n").utf8)
    }

    /// What happened in a session, for the client.
    package static func update(_ update: JSONValue, of session: String) -> ACPMessage {
        .notification(method: "session/update", params: ["sessionId": .string(session), "update": update])
    }
}
