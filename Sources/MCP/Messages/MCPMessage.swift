package import Base

/// One message of JSON-RPC 2.0, as the protocol uses it. What it does not name is kept beside, so nothing is lost.
package enum MCPMessage: Sendable, Hashable {
    case request(MCPRequest)
    case response(MCPResponse)
    case notification(MCPNotification)

    /// Reads a message.
    ///
    /// - Throws: `MCPError` with what is wrong.
    package init(_ json: JSONValue) throws(MCPError) {
        guard var rest = json.object else { throw MCPError(.form, "A message is no JSON object.") }
        guard rest.removeValue(forKey: "jsonrpc") == "2.0" else {
            throw MCPError(.form, "A message does not say \"jsonrpc\": \"2.0\".")
        }
        let id = rest["id"]
        if let method = rest["method"]?.string {
            let params = rest["params"]
            guard params == nil || params?.object != nil else {
                throw MCPError(.form, "The parameters of a message are no JSON object.")
            }
            rest["method"] = nil
            rest["params"] = nil
            guard let id else {
                self = .notification(MCPNotification(method: method, params: params, rest: rest))
                return
            }
            guard Self.isID(id) else { throw MCPError(.form, "The id of a request is neither text nor whole number.") }
            rest["id"] = nil
            self = .request(MCPRequest(id: id, method: method, params: params, rest: rest))
            return
        }
        rest["id"] = nil
        if let error = rest.removeValue(forKey: "error") {
            self = .response(MCPResponse(id: id, outcome: .failure(try MCPFault(error)), rest: rest))
            return
        }
        guard let result = rest.removeValue(forKey: "result"), result.object != nil, let id, Self.isID(id) else {
            throw MCPError(.form, "A message is neither request nor notification, and no response with an id.")
        }
        self = .response(MCPResponse(id: id, outcome: .success(result), rest: rest))
    }

    private static func isID(_ id: JSONValue) -> Bool { id.string != nil || id.integer != nil }

    /// The message as JSON.
    package var json: JSONValue {
        var members: [String: JSONValue]
        switch self {
        case .request(let request):
            members = request.rest
            members["id"] = request.id
            members["method"] = .string(request.method)
            members["params"] = request.params
        case .notification(let notification):
            members = notification.rest
            members["method"] = .string(notification.method)
            members["params"] = notification.params
        case .response(let response):
            members = response.rest
            members["id"] = response.id
            switch response.outcome {
            case .success(let result): members["result"] = result
            case .failure(let fault): members["error"] = fault.json
            }
        }
        members["jsonrpc"] = "2.0"
        return .object(members)
    }
}

/// Asks the other side for something.
package struct MCPRequest: Sendable, Hashable {
    /// A text or a whole number.
    package var id: JSONValue
    package var method: String
    package var params: JSONValue?
    /// Members that the protocol does not name.
    package var rest: [String: JSONValue] = [:]

    package init(id: JSONValue, method: String, params: JSONValue?, rest: [String: JSONValue] = [:]) {
        self.id = id
        self.method = method
        self.params = params
        self.rest = rest
    }
}

/// Tells the other side something.
package struct MCPNotification: Sendable, Hashable {
    package var method: String
    package var params: JSONValue?
    /// Members that the protocol does not name.
    package var rest: [String: JSONValue] = [:]

    package init(method: String, params: JSONValue? = nil, rest: [String: JSONValue] = [:]) {
        self.method = method
        self.params = params
        self.rest = rest
    }
}

/// Answers a request.
package struct MCPResponse: Sendable, Hashable {
    /// The request's id; nil where it could not be read.
    package var id: JSONValue?
    package var outcome: Result<JSONValue, MCPFault>
    /// Members that the protocol does not name.
    package var rest: [String: JSONValue] = [:]

    package init(id: JSONValue?, outcome: Result<JSONValue, MCPFault>, rest: [String: JSONValue] = [:]) {
        self.id = id
        self.outcome = outcome
        self.rest = rest
    }
}

/// The error of a response.
package struct MCPFault: Error, Sendable, Hashable {
    package var number: Int
    package var message: String
    package var data: JSONValue?
    /// Members that the protocol does not name.
    package var rest: [String: JSONValue] = [:]

    package init(_ number: Int, _ message: String, data: JSONValue? = nil) {
        self.number = number
        self.message = message
        self.data = data
    }

    /// Reads an error.
    package init(_ json: JSONValue) throws(MCPError) {
        guard var members = json.object, let number = members.removeValue(forKey: "code")?.integer,
            let message = members.removeValue(forKey: "message")?.string
        else { throw MCPError(.form, "An error has no number and message.") }
        self.number = number
        self.message = message
        data = members.removeValue(forKey: "data")
        rest = members
    }

    /// The error as JSON.
    package var json: JSONValue {
        var members = rest
        members["code"] = .integer(number)
        members["message"] = .string(message)
        members["data"] = data
        return .object(members)
    }
}
