internal import Base
internal import LanguageModels

/// Whether a model that is told to call a tool does so.
struct ToolTrial: Sendable {
    /// How it takes tools.
    let style: ToolCallStyle
    /// The call that it made; nil where it made none that fits.
    let call: ToolCall?
    /// What it said instead.
    let text: String

    private static let weather = ToolDefinition(
        name: "weather", description: "Tells the weather in a city.",
        parameters: [
            "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
            "additionalProperties": false,
        ])

    /// Asks for the weather, which only the tool knows.
    @concurrent
    static func make(_ model: any LanguageModel, _ style: ToolCallStyle) async throws -> ToolTrial {
        let request = LanguageModelRequest(
            messages: [.user("What is the weather in Rome?")], tools: [weather], toolChoice: .required,
            maxOutputTokens: 200, temperature: 0, seed: 7)
        let message = try await model.respond(to: request).message
        let call = message.toolCalls.first { $0.name == weather.name && $0.argumentsObject?["city"]?.string != nil }
        return ToolTrial(style: style, call: call, text: message.text)
    }

    var isPassed: Bool { call != nil }

    var sentence: String {
        if let call { return "tools (\(style.rawValue)): it called \(call.name) with \(call.arguments)" }
        let other = ToolCallStyle.allCases.filter { $0 != style }.map(\.rawValue).joined(separator: " or ")
        return """
            tools (\(style.rawValue)): it called none, and said “\(text.prefix(200))”; say `tool_calls: \(other)` for its \
            endpoint in config.yaml, or use another model
            """
    }

    var value: JSONValue {
        [
            "style": .string(style.rawValue), "passed": .bool(isPassed),
            "arguments": call.map { .string($0.arguments) } ?? .null,
        ]
    }
}
