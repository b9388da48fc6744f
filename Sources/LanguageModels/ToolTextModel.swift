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

    /// A model on top of another one.
    package init(_ model: any LanguageModel, tools delivery: Delivery = .native) {
        self.model = model
        self.delivery = delivery
    }

    package var identity: String {
        delivery == .native ? "tool-text:\(model.identity)" : "described-tools:\(model.identity)"
    }

    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        Self.withCalls(try await model.respond(to: asked(request)), of: request)
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        let asked = asked(request)
        guard Self.mayHoldCalls(request) else { return model.stream(asked) }
        return LanguageModelStream { [model] in
            ToolTextStream(request: request, base: model.stream(asked).makeAsyncIterator())
        }
    }

    private func asked(_ request: LanguageModelRequest) -> LanguageModelRequest {
        delivery == .native ? request : request.describingTools
    }

    private static func mayHoldCalls(_ request: LanguageModelRequest) -> Bool {
        !request.tools.isEmpty && request.toolChoice != ToolChoice.none
    }

    /// The response with the calls that stand in its text; as it is where it has calls, or none were possible.
    static func withCalls(_ response: LanguageModelResponse, of request: LanguageModelRequest) -> LanguageModelResponse
    {
        guard mayHoldCalls(request), response.message.toolCalls.isEmpty else { return response }
        let pieces = ToolCallText.pieces(of: response.message.text, tools: request.tools)
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
}

/// Hands on a stream, without the text that calls are made from, and with the calls.
private struct ToolTextStream: AsyncIteratorProtocol {
    private let request: LanguageModelRequest
    private var base: LanguageModelStream.AsyncIterator
    private var gate: ToolCallGate
    private var pending: ArraySlice<LanguageModelEvent> = []
    /// How many bytes of text were handed on.
    private var handedOn = 0
    /// Whether the server found calls itself.
    private var hasCalls = false

    init(request: LanguageModelRequest, base: LanguageModelStream.AsyncIterator) {
        self.request = request
        self.base = base
        gate = ToolCallGate(request.tools)
    }

    mutating func next() async throws -> LanguageModelEvent? {
        while true {
            if let event = pending.popFirst() { return event }
            guard let event = try await base.next() else { return nil }
            switch event {
            case .text(let text): handOn(hasCalls ? text : gate.append(text))
            case .toolCall:
                hasCalls = true
                handOn(gate.release())
                pending.append(event)
            case .completed(let response): complete(response)
            case .reasoning, .refusal, .toolCallArguments: return event
            }
        }
    }

    private mutating func handOn(_ text: String) {
        guard !text.isEmpty else { return }
        handedOn += text.utf8.count
        pending.append(.text(text))
    }

    private mutating func complete(_ response: LanguageModelResponse) {
        let whole = ToolTextModel.withCalls(response, of: request)
        handOn(String(decoding: whole.message.text.utf8.dropFirst(handedOn), as: UTF8.self))
        if !hasCalls {
            for (index, call) in whole.message.toolCalls.enumerated() {
                pending.append(.toolCall(index: index, id: call.id, name: call.name))
                pending.append(.toolCallArguments(index: index, fragment: call.arguments))
            }
        }
        pending.append(.completed(whole))
    }
}
