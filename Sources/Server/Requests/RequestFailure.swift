internal import Base
internal import HTTPTypes

/// A request that gets an error instead of what it asked for. What clients see of it is
/// `{"error": {"code": …, "message": …}}`.
struct RequestFailure: Error {
    /// The HTTP status.
    let status: HTTPResponse.Status
    /// A stable name that programs can act on.
    let code: String
    /// A sentence: what was wrong, where, and what to do.
    let message: String
    /// Headers that belong to the status.
    let headers: HTTPFields
    /// The field at fault, where the protocol has a place to name it.
    let parameter: String?

    init(
        _ status: HTTPResponse.Status, code: String, _ message: String, headers: HTTPFields = [:],
        parameter: String? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
        self.parameter = parameter
    }

    /// What clients see.
    var body: JSONValue {
        ["error": ["code": .string(code), "message": .string(message)]]
    }

    /// The body is not JSON.
    static func malformed(_ message: String) -> RequestFailure {
        RequestFailure(.badRequest, code: "malformed_json", message)
    }

    /// The body is JSON, but a field is unknown or has a value that cannot be used.
    static func invalid(_ message: String) -> RequestFailure {
        RequestFailure(.unprocessableContent, code: "invalid_field", message)
    }

    /// The server ends before the answer does.
    static let stopping = RequestFailure(
        .serviceUnavailable, code: "stopping", "The server is stopping; send the request to its successor.")

    /// Something failed here, and it is not for the client to know what.
    static func `internal`(requestID: String?) -> RequestFailure {
        let name = requestID.map { " as request \($0)" } ?? ""
        return RequestFailure(
            .internalServerError, code: "internal",
            "The server failed at this request; its log names the failure\(name)."
        )
    }
}
