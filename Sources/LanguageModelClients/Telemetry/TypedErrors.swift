package import LanguageModels
internal import Telemetry

extension LanguageModelError: TypedError {
    private static let words: [Code: String] = [
        .request: "request", .authentication: "authentication", .modelNotFound: "model_not_found",
        .contextTooLong: "context_too_long", .rateLimited: "rate_limited", .refused: "refused",
        .unreachable: "unreachable", .interrupted: "interrupted", .answer: "answer",
    ]

    package var errorType: String { Self.words[code] ?? "_OTHER" }
}

extension EndpointError: TypedError {
    private static let words: [Code: String] = [
        .settings: "settings", .unreachable: "unreachable", .refused: "refused", .answer: "answer",
    ]

    package var errorType: String { status.map { "\($0)" } ?? Self.words[code] ?? "_OTHER" }
}
