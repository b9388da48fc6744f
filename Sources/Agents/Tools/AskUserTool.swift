package import Base
package import LanguageModels

/// Asks the user something on the model's behalf.
package struct QuestionPort: Sendable {
    /// The user's answer; nil where there is nobody to ask.
    package var ask: @Sendable (_ question: String, _ options: [String]) async -> String?

    package init(ask: @escaping @Sendable (_ question: String, _ options: [String]) async -> String?) {
        self.ask = ask
    }

    /// Nobody is there.
    package static let nobody = QuestionPort { _, _ in nil }
}

/// `ask_user`: a question to the user.
package struct AskUserTool: Tool {
    /// The name, by which an open question is found.
    package static let name = "ask_user"
    private let port: QuestionPort

    package init(_ port: QuestionPort) { self.port = port }

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: Self.name,
            description: """
                Asks the user one question, where only they can know the answer. Not for leave to do something: \
                that is asked when it is needed.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["question"],
                "properties": [
                    "question": ["type": "string"],
                    "options": [
                        "type": "array", "maxItems": 9, "items": ["type": "string"],
                        "description": "Answers to choose from.",
                    ],
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        let question = arguments["question"]?.string ?? ""
        guard !question.allSatisfy(\.isWhitespace) else { return .failed("`question` is empty.") }
        let options = arguments["options"]?.array?.compactMap(\.string) ?? []
        try Task.checkCancellation()
        guard let answer = await port.ask(question, options) else {
            return .failed(
                "Nobody is at a terminal to answer. Decide by what you know, and say at the end what you assumed.")
        }
        try Task.checkCancellation()
        let chosen = Int(answer).flatMap { options.indices.contains($0 - 1) ? options[$0 - 1] : nil }
        let bounded = ToolText.bounded(ToolText.shown(chosen ?? answer), in: context)
        return ToolOutcome(bounded.text.isEmpty ? "The user answered nothing." : bounded.text, whole: bounded.whole)
    }
}
