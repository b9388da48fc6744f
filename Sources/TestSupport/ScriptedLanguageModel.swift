package import LanguageModels
internal import Synchronization

/// A model that says what it was told to say, and remembers what it was asked. It is right for the logic around a model;
/// it says nothing about quality.
package final class ScriptedLanguageModel: LanguageModel {
    package let identity: String
    private let reply: @Sendable (LanguageModelRequest) throws -> LanguageModelResponse
    private let asked = Mutex<[LanguageModelRequest]>([])

    /// A model that answers each request with `reply`.
    package init(
        identity: String = "scripted",
        _ reply: @escaping @Sendable (LanguageModelRequest) throws -> LanguageModelResponse
    ) {
        self.identity = identity
        self.reply = reply
    }

    /// A model that always says the same.
    package convenience init(identity: String = "scripted", saying text: String) {
        self.init(identity: identity) { _ in .text(text) }
    }

    /// What it was asked so far.
    package var requests: [LanguageModelRequest] { asked.withLock { $0 } }

    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        try Task.checkCancellation()
        asked.withLock { $0.append(request) }
        return try reply(request)
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { Events(model: self, request: request) }
    }

    /// Hands text out by three characters.
    private struct Events: AsyncIteratorProtocol {
        let model: ScriptedLanguageModel
        let request: LanguageModelRequest
        var rest: [LanguageModelEvent]?

        mutating func next() async throws -> LanguageModelEvent? {
            if rest == nil {
                let response = try await model.respond(to: request)
                var events: [LanguageModelEvent] = []
                var text = response.message.text[...]
                while !text.isEmpty {
                    events.append(.text(String(text.prefix(3))))
                    text = text.dropFirst(3)
                }
                rest = events + [.completed(response)]
            }
            guard rest?.isEmpty == false else { return nil }
            return rest?.removeFirst()
        }
    }
}

extension LanguageModelResponse {
    /// An answer that is text alone.
    package static func text(_ text: String, stopReason: StopReason = .stop) -> LanguageModelResponse {
        LanguageModelResponse(
            model: "scripted", message: AssistantMessage(text: text), stopReason: stopReason,
            usage: TokenUsage(inputTokens: 10, outputTokens: TokenEstimate.tokens(in: text)))
    }
}
