internal import Base

extension OpenAPI {
    /// The errors, one for each status.
    static var failures: [String: JSONValue] {
        [
            "MalformedJSON": failure(
                "malformed_json", "The body is not JSON, or does not follow HTTP/1.1; the message says where."),
            "Unauthorized": failure(
                "unauthorized", "The token or key is missing, wrong, or has ended.", header: "WWW-Authenticate",
                schema: ["type": "string"]
            ),
            "OutOfScope": failure("out_of_scope", "The key is not good for this route; the message names the scope."),
            "RequestTimeout": failure(
                "request_timeout", "The request did not come in within the time that the server gives it."),
            "TooLarge": failure("too_large", "The body is larger than the server reads."),
            "UnsupportedMediaType": failure("unsupported_media_type", "The body is not declared as application/json."),
            "WrongHost": failure("wrong_host", "The Host header does not name this machine."),
            "InvalidField": failure(
                "invalid_field", "A field is unknown, missing or has a value that cannot be used; the message names it."
            ),
            "TooManyRequests": failure(
                "too_many_requests", "The client asks too often.", header: "Retry-After",
                schema: ["type": "integer", "minimum": 1]
            ),
            "Internal": failure("internal", "The server failed; its log has the details under X-Request-Id."),
            "AnswerTimeout": failure("answer_timeout", "The answer was not written within the server's time for it."),
            "ModelFailed": failure("model_failed", "The language model behind the release gave no answer."),
            "Unavailable": failure("not_ready", "The release is being loaded, or the server is stopping."),
        ]
    }

    private static func failure(
        _ code: String, _ description: String, header: String? = nil, schema: JSONValue = ["type": "string"]
    ) -> JSONValue {
        var response: [String: JSONValue] = [
            "description": .string(description),
            "content": json(
                reference("Error"), example: ["error": ["code": .string(code), "message": .string(description)]]
            ),
        ]
        if let header { response["headers"] = .object([header: ["schema": schema]]) }
        return .object(response)
    }
}
