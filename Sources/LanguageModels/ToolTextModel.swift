internal import Base

/// A model whose calls of tools are also found where it writes them into its text.
///
/// Servers leave calls in the text where they do not know a model's way of writing them. And there are models, and
/// servers, that know no tools at all: with `described`, tools are told in words, and a call that must be made is asked for
/// as JSON with a schema, which servers with a grammar hold to.
package struct ToolTextModel: LanguageModel {
    /// How a model learns which tools there are.
    package enum Delivery: Sendable, Hashable {
        /// By the protocol's own fields.
        case native
        /// By words in the first message.
        case described
    }

    private let model: any LanguageModel
    private let delivery: Delivery
    private let stopsAtCall: Bool

    /// A model on top of another one.
    ///
    /// - Parameter stopsAtCall: whether an answer ends behind its first call. Small models go on and make up what the call
    ///   gave, or write the same calls until their answer is full; what they read and wrote is then an estimate, because the
    ///   server has not said it.
    package init(_ model: any LanguageModel, tools delivery: Delivery = .native, stopsAtCall: Bool = false) {
        self.model = model
        self.delivery = delivery
        self.stopsAtCall = stopsAtCall
    }

    package var identity: String {
        delivery == .native ? "tool-text:\(model.identity)" : "described-tools:\(model.identity)"
    }

    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        let whole = Self.withCalls(
            try await model.respond(to: asked(request)), of: request, takesCommands: takesCommands(request))
        return stopsAtCall ? Self.upToFirstCall(whole) : whole
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        let asked = asked(request)
        guard Self.mayHoldCalls(request) else { return model.stream(asked) }
        let takesCommands = takesCommands(request)
        return LanguageModelStream { [model, stopsAtCall] in
            ToolTextStream(
                request: request, base: model.stream(asked).makeAsyncIterator(), stopsAtCall: stopsAtCall,
                takesCommands: takesCommands)
        }
    }

    private func asked(_ request: LanguageModelRequest) -> LanguageModelRequest {
        let asked = delivery == .native ? request : request.describingTools
        return takesCommands(request) ? asked.adding(ShellFence.words) : asked
    }

    /// Whether the model is told that it may write command lines into fences: what knows no tools, and small models, whose
    /// answers end at their first call.
    private func takesCommands(_ request: LanguageModelRequest) -> Bool {
        (delivery == .described || stopsAtCall) && ShellFence.isOffered(in: request)
    }

    private static func mayHoldCalls(_ request: LanguageModelRequest) -> Bool {
        !request.tools.isEmpty && request.toolChoice != ToolChoice.none
    }

    /// The response with the calls that stand in its text; as it is where it has calls, or none were possible.
    static func withCalls(
        _ response: LanguageModelResponse, of request: LanguageModelRequest, takesCommands: Bool
    ) -> LanguageModelResponse {
        guard mayHoldCalls(request), response.message.toolCalls.isEmpty else { return response }
        let pieces = ToolCallText.pieces(
            of: response.message.text, tools: request.tools, takesCommands: takesCommands)
        guard pieces.contains(where: { if case .call = $0 { true } else { false } }) else { return response }
        var response = response
        // A conversation's calls need names of their own.
        var number = request.messages.reduce(0) {
            if case .assistant(let message) = $1 { $0 + message.toolCalls.count } else { $0 }
        }
        let others = response.message.parts.filter { if case .text = $0 { false } else { true } }
        response.message.parts =
            others
            + pieces.map { piece in
                switch piece {
                case .text(let text): return .text(text)
                case .call(let name, let arguments):
                    defer { number += 1 }
                    return .toolCall(
                        ToolCall(id: "call_\(number)", name: name, arguments: arguments.canonicalText))
                }
            }
        switch response.stopReason {
        case .stop, .stopSequence, .other: response.stopReason = .toolCalls
        case .length, .toolCalls, .contentFilter, .refusal: break
        }
        return response
    }

    /// The response without what stands behind its first call.
    static func upToFirstCall(_ response: LanguageModelResponse) -> LanguageModelResponse {
        guard
            let first = response.message.parts.firstIndex(where: { if case .toolCall = $0 { true } else { false } })
        else { return response }
        var response = response
        response.message.parts = Array(response.message.parts[...first])
        return response
    }
}
