internal import Base

/// Hands on a stream, without the text that calls are made from, and with the calls.
struct ToolTextStream: AsyncIteratorProtocol {
    private let request: LanguageModelRequest
    private let stopsAtCall: Bool
    private let takesCommands: Bool
    /// Nil behind the end.
    private var base: LanguageModelStream.AsyncIterator?
    private var gate: ToolCallGate
    private var pending: ArraySlice<LanguageModelEvent> = []
    /// How many bytes of text were handed on.
    private var handedOn = 0
    /// Whether the server found calls itself.
    private var hasCalls = false
    /// All text so far, where it is looked through while it comes.
    private var said = ""

    init(
        request: LanguageModelRequest, base: LanguageModelStream.AsyncIterator, stopsAtCall: Bool, takesCommands: Bool
    ) {
        self.request = request
        self.base = base
        self.stopsAtCall = stopsAtCall
        self.takesCommands = takesCommands
        gate = ToolCallGate(request.tools, takesCommands: takesCommands)
    }

    mutating func next() async throws -> LanguageModelEvent? {
        while true {
            if let event = pending.popFirst() { return event }
            guard let event = try await base?.next() else { return nil }
            switch event {
            case .text(let text):
                handOn(hasCalls ? text : gate.append(text))
                if stopsAtCall, !hasCalls { stopBehindCall(after: text) }
            case .toolCall:
                hasCalls = true
                handOn(gate.release())
                pending.append(event)
            case .completed(let response): complete(response)
            case .reasoning, .refusal, .toolCallArguments: return event
            }
        }
    }

    /// Ends the stream where a call stands whole and more comes behind it. Only whole lines are looked at: what is still being
    /// written may look like an end.
    private mutating func stopBehindCall(after text: String) {
        said += text
        guard text.utf8.contains(0x0A), let end = said.utf8.lastIndex(of: 0x0A) else { return }
        let pieces = ToolCallText.pieces(
            of: String(said[..<end]), tools: request.tools, takesCommands: takesCommands)
        guard
            let first = pieces.firstIndex(where: { if case .call = $0 { true } else { false } }),
            pieces.count > first + 1
        else { return }
        // Dropping it ends the request.
        base = nil
        let message = AssistantMessage(text: said)
        complete(
            LanguageModelResponse(
                message: message, stopReason: .stop,
                usage: TokenUsage(
                    inputTokens: TokenEstimate.inputTokens(of: request),
                    outputTokens: TokenEstimate.outputTokens(of: message))))
    }

    private mutating func handOn(_ text: String) {
        guard !text.isEmpty else { return }
        handedOn += text.utf8.count
        pending.append(.text(text))
    }

    private mutating func complete(_ response: LanguageModelResponse) {
        var whole = ToolTextModel.withCalls(response, of: request, takesCommands: takesCommands)
        if stopsAtCall { whole = ToolTextModel.upToFirstCall(whole) }
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
