package import Base
package import LanguageModels

/// `plan`: the steps of the work and how far each is. The call itself is the record: the last one in a session counts.
package struct PlanTool: Tool {
    /// The name, by which a session's last plan is found.
    package static let name = "plan"
    private static let marks = ["open": " ", "doing": ">", "done": "x", "dropped": "-"]

    package init() {}

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: Self.name,
            description: """
                Keeps the plan of the work: all steps in order, each with its state. Call it again with the whole list \
                whenever a state changes. One step at a time is being done.
                """,
            parameters: [
                "type": "object", "additionalProperties": false, "required": ["steps"],
                "properties": [
                    "steps": [
                        "type": "array", "minItems": 1, "maxItems": 50,
                        "items": [
                            "type": "object", "additionalProperties": false, "required": ["step", "state"],
                            "properties": [
                                "step": ["type": "string"],
                                "state": ["type": "string", "enum": ["open", "doing", "done", "dropped"]],
                            ],
                        ],
                    ]
                ],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        ToolOutcome(ToolText.bounded(Self.shown(arguments), in: context).text)
    }

    /// The plan of a session as text, from its last call; nil where there is none.
    package static func last(in messages: [Message]) -> String? {
        for message in messages.reversed() {
            guard case .assistant(let answer) = message else { continue }
            guard let call = answer.toolCalls.last(where: { $0.name == name }),
                let arguments = call.argumentsObject, arguments["steps"]?.array?.isEmpty == false
            else { continue }
            return shown(arguments)
        }
        return nil
    }

    private static func shown(_ arguments: [String: JSONValue]) -> String {
        let steps = arguments["steps"]?.array ?? []
        return steps.map { step in
            let mark = marks[step["state"]?.string ?? ""] ?? " "
            return "[\(mark)] \(ToolText.shown(ToolText.oneLine(step["step"]?.string ?? "")))"
        }.joined(separator: "\n")
    }
}
