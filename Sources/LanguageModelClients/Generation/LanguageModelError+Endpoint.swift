internal import LanguageModels

extension LanguageModelError {
    /// Parts of sentences in which servers say that a conversation is too long.
    private static let tooLong = ["context length", "context window", "context size", "prompt is too long"]
    private static let tooLongProblems: Set<String> = ["context_length_exceeded", "exceed_context_size_error"]

    /// The same trouble in the words of the protocol.
    init(_ error: EndpointError) {
        let code = Self.code(of: error)
        let remedy = code == .contextTooLong ? "; send less text, or use a model with a longer context." : ""
        self.init(code, remedy.isEmpty ? error.message : error.message.open + remedy, cause: error.cause)
    }

    private static func code(of error: EndpointError) -> Code {
        if error.problem.map(tooLongProblems.contains) ?? false { return .contextTooLong }
        if error.problem == "model_not_found" { return .modelNotFound }
        let message = error.message.lowercased()
        if error.status == 400 || error.status == 413, tooLong.contains(where: message.contains) {
            return .contextTooLong
        }
        switch error.status {
        case 401, 403: return .authentication
        case 404: return .modelNotFound
        case 413: return .contextTooLong
        case 429: return .rateLimited
        default: break
        }
        switch error.code {
        case .settings: return .request
        case .refused: return .refused
        case .answer: return .answer
        default: return .unreachable
        }
    }
}
