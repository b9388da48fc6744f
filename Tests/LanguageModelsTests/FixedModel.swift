import LanguageModels

/// A model that says what it was given, one text after the other, in pieces of a length.
struct FixedModel: LanguageModel {
    static let request = LanguageModelRequest(messages: [.user("Hi")], tools: WrittenCallTexts.tools)

    let identity = "fixed"
    let respond: @Sendable (LanguageModelRequest) -> LanguageModelResponse
    let pieceLength: Int

    init(
        pieceLength: Int = .max, _ respond: @escaping @Sendable (LanguageModelRequest) -> LanguageModelResponse
    ) {
        self.respond = respond
        self.pieceLength = pieceLength
    }

    init(_ text: String, pieceLength: Int) {
        self.init(pieceLength: pieceLength) { _ in Self.response(text) }
    }

    static func response(_ text: String, stopReason: StopReason = .stop) -> LanguageModelResponse {
        LanguageModelResponse(
            message: AssistantMessage(text: text), stopReason: stopReason,
            usage: TokenUsage(inputTokens: 5, outputTokens: 7))
    }

    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse { respond(request) }

    func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        let response = respond(request)
        return LanguageModelStream { [pieceLength] in Pieces(rest: response.message.text[...], response, pieceLength) }
    }

    private struct Pieces: AsyncIteratorProtocol {
        var rest: Substring
        var calls: ArraySlice<ToolCall>
        var response: LanguageModelResponse?
        let pieceLength: Int

        init(rest: Substring, _ response: LanguageModelResponse, _ pieceLength: Int) {
            self.rest = rest
            self.response = response
            self.pieceLength = pieceLength
            calls = response.message.toolCalls[...]
        }

        mutating func next() async throws -> LanguageModelEvent? {
            if !rest.isEmpty {
                defer { rest = rest.dropFirst(pieceLength) }
                return .text(String(rest.prefix(pieceLength)))
            }
            if let call = calls.popFirst() { return .toolCall(index: 0, id: call.id, name: call.name) }
            defer { response = nil }
            return response.map { .completed($0) }
        }
    }
}
