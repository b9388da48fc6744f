internal import Base
internal import Hummingbird
internal import MCP

/// The form of an error: each protocol has its own.
enum ErrorForm: Sendable {
    /// `{"error": {"code": …, "message": …}}`.
    case neo
    /// `{"error": {"message": …, "type": …, "param": …, "code": …}}`.
    case openAI
    /// `{"type": "error", "error": {"type": …, "message": …}}`.
    case anthropic
    /// `{"jsonrpc": "2.0", "id": null, "error": {"code": …, "message": …}}`.
    case jsonRPC

    /// The form that the client of a request expects. Both protocols have a list of models at the same path; Anthropic's
    /// clients say which version of theirs they speak.
    init(_ request: Request) {
        guard request.uri.path != MCPRoutes.path else {
            self = .jsonRPC
            return
        }
        switch Route(path: request.uri.path) {
        case .chatCompletions: self = .openAI
        case .messages: self = .anthropic
        case .models, .model: self = request.headers[.anthropicVersion] == nil ? .openAI : .anthropic
        default: self = .neo
        }
    }

    /// What clients see.
    func body(_ failure: RequestFailure, requestID: String?) -> JSONValue {
        switch self {
        case .neo: failure.body
        case .jsonRPC:
            MCPResponse(
                id: .null,
                outcome: .failure(
                    MCPFault(
                        failure.code == "malformed_json" ? MCPErrorNumber.parse : MCPErrorNumber.invalidRequest,
                        failure.message))
            ).json
        case .openAI:
            [
                "error": [
                    "message": .string(failure.message), "type": .string(Self.openAIType(failure.status.code)),
                    "param": failure.parameter.map { .string($0) } ?? .null, "code": .string(failure.code),
                ]
            ]
        case .anthropic:
            [
                "type": "error",
                "error": [
                    "type": .string(Self.anthropicType(failure.status.code)), "message": .string(failure.message),
                ],
                "request_id": requestID.map { .string($0) } ?? .null,
            ]
        }
    }

    private static func openAIType(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }

    private static func anthropicType(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 503: "overloaded_error"
        case 504: "timeout_error"
        case 500...: "api_error"
        default: "invalid_request_error"
        }
    }
}
