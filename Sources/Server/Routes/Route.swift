internal import HTTPTypes
internal import Hummingbird

/// A path that the server answers. The list is the one place that says so: routing, `405`, tokens, limits and
/// the description of the interface are made from it.
enum Route: String, CaseIterable, Sendable {
    case chat = "/"
    /// The same page, where the dashboard has the first place.
    case chatPage = "/chat"
    /// Two releases side by side.
    case comparePage = "/compare"
    case retrieve = "/v1/retrieve"
    case answer = "/v1/answer"
    case run = "/v1/run"
    case chatCompletions = "/v1/chat/completions"
    case messages = "/v1/messages"
    case feedback = "/v1/feedback"
    case compare = "/v1/compare"
    case models = "/v1/models"
    case model = "/v1/models/{id}"
    case version = "/version"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"
    case openAPI = "/openapi.json"

    /// The route of a path, with or without a slash at its end.
    init?(path: String) {
        let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        if trimmed.hasPrefix("/v1/models/"), trimmed.count(where: { $0 == "/" }) == 3 {
            self = .model
            return
        }
        self.init(rawValue: trimmed.isEmpty ? "/" : trimmed)
    }

    /// The method that it takes; a route that takes GET takes HEAD too.
    var method: HTTPRequest.Method {
        switch self {
        case .retrieve, .answer, .run, .chatCompletions, .messages, .feedback, .compare: .post
        default: .get
        }
    }

    /// Whether it is asked for what the release is there for.
    var isQuestion: Bool { method == .post && self != .feedback && self != .compare }

    /// What a `405` names.
    var allow: String { method == .get ? "GET, HEAD" : method.rawValue }

    /// Whether it is answered without a token. The chat page is: a browser cannot send a token with the address
    /// that a user types, and the page holds nothing of the documents; it asks for the token itself.
    var isOpen: Bool {
        switch self {
        case .chat, .chatPage, .comparePage, .health, .readiness: true
        default: false
        }
    }

    /// Whether the token may also come as `x-api-key`, as Anthropic's clients send it.
    var takesAPIKey: Bool {
        switch self {
        case .messages, .models, .model: true
        default: false
        }
    }

    /// Whether it counts against a client's limit; what monitors the server does not.
    var isLimited: Bool {
        switch self {
        case .health, .readiness, .metrics: false
        default: true
        }
    }
}
