/// What a model answered, in the order in which it wrote it.
package struct AssistantMessage: Sendable, Hashable {
    /// A part of an answer.
    package enum Part: Sendable, Hashable {
        /// Thoughts before the answer.
        case reasoning(Reasoning)
        /// Text.
        case text(String)
        /// The words with which the model declines.
        case refusal(String)
        /// A tool that the model wants called.
        case toolCall(ToolCall)
    }

    /// The parts.
    package var parts: [Part]

    /// An answer of these parts.
    package init(parts: [Part]) { self.parts = parts }

    /// An answer that is text alone.
    package init(text: String) { self.init(parts: [.text(text)]) }

    /// All text, one part behind the other.
    package var text: String {
        parts.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
    }

    /// All thoughts, one part behind the other.
    package var reasoning: String {
        parts.reduce(into: "") { if case .reasoning(let reasoning) = $1 { $0 += reasoning.text } }
    }

    /// The words with which the model declines; nil where it does not.
    package var refusal: String? {
        let words = parts.compactMap { if case .refusal(let words) = $0 { words } else { nil } }
        return words.isEmpty ? nil : words.joined()
    }

    /// The calls of tools.
    package var toolCalls: [ToolCall] {
        parts.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
    }
}

/// Thoughts of a model. A server that signs them wants them back as they were when tools have been called.
package struct Reasoning: Sendable, Hashable {
    /// What it thought; empty where that is hidden.
    package var text: String
    /// The server's signature.
    package var signature: String?
    /// Hidden thoughts, as only the server can read them.
    package var redactedData: String?

    /// Thoughts.
    package init(text: String, signature: String? = nil, redactedData: String? = nil) {
        self.text = text
        self.signature = signature
        self.redactedData = redactedData
    }
}
