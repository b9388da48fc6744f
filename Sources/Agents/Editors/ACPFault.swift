package import Base

/// Why a request was not done, as the client reads it.
package struct ACPFault: DescribedError {
    /// The numbers of JSON-RPC and of the protocol.
    package enum Number: Int, Sendable {
        /// A line is no JSON.
        case parse = -32700
        /// It is JSON, but no message that can be taken now.
        case request = -32600
        /// There is no such method.
        case method = -32601
        /// The parameters are wrong; the sentence names the field.
        case params = -32602
        /// It could not be done.
        case failed = -32603
        /// There is no such session.
        case missing = -32002
    }

    /// The kind of failure.
    package let number: Number
    /// What was wrong and what to do.
    package let message: String
    /// The request that was refused; nil where it could not be read.
    package let id: JSONValue?
    /// What went wrong underneath.
    package var cause: (any Error)? { nil }

    package init(_ number: Number, _ message: String, id: JSONValue? = nil) {
        self.number = number
        self.message = message
        self.id = id
    }

    /// The answer to a request, as a line.
    package func line(to request: JSONValue?) -> [UInt8] {
        let answer: JSONValue = [
            "jsonrpc": "2.0", "id": request ?? id ?? .null,
            "error": ["code": .integer(number.rawValue), "message": .string(ToolText.harmless(message))],
        ]
        return Array((answer.canonicalText + "\n").utf8)
    }
}
