internal import Base

/// Guesses numbers of tokens where a server does not count: a token for four bytes of UTF-8, the rule of thumb for
/// English text, and three for the frame of each message.
///
/// Pictures count as `imageTokens`, about what a picture of a thousand pixels a side costs.
package enum TokenEstimate {
    /// What a picture counts.
    package static let imageTokens = 1_000
    private static let tokensPerMessage = 3

    /// The tokens of a text.
    package static func tokens(in text: String) -> Int { (text.utf8.count + 3) / 4 }

    /// The tokens of a request.
    package static func inputTokens(of request: LanguageModelRequest) -> Int {
        let messages = request.messages.reduce(0) { $0 + tokensPerMessage + tokens(in: $1) }
        return request.tools.reduce(messages) {
            $0 + tokens(in: $1.name + $1.description) + tokens(in: $1.parameters.canonicalText)
        }
    }

    /// The tokens of an answer.
    package static func outputTokens(of message: AssistantMessage) -> Int {
        message.parts.reduce(0) { sum, part in
            switch part {
            case .reasoning(let reasoning): sum + tokens(in: reasoning.text)
            case .text(let text), .refusal(let text): sum + tokens(in: text)
            case .toolCall(let call): sum + tokens(in: call.name) + tokens(in: call.arguments)
            }
        }
    }

    private static func tokens(in message: Message) -> Int {
        switch message {
        case .system(let text): tokens(in: text)
        case .user(let parts): tokens(in: parts)
        case .assistant(let message): outputTokens(of: message)
        case .tool(let result): tokens(in: result.content)
        }
    }

    private static func tokens(in parts: [ContentPart]) -> Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .text(let text): sum + tokens(in: text)
            case .image: sum + imageTokens
            }
        }
    }
}
