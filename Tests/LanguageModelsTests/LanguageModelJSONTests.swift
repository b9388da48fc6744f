import Base
import FoundationEssentials
import LanguageModels
import Testing

@Suite struct LanguageModelJSONTests {
    static let responses = [
        LanguageModelResponse(
            message: AssistantMessage(text: ""), stopReason: .stop,
            usage: TokenUsage(inputTokens: 0, outputTokens: 0, isEstimated: true)),
        LanguageModelResponse(
            id: "x", model: "m-1",
            message: AssistantMessage(parts: [
                .reasoning(Reasoning(text: "Hm…", signature: "s", redactedData: "r")), .text("a \u{0} \"b\""),
                .refusal("No."), .toolCall(ToolCall(id: "c", name: "f", arguments: #"{"b": 1, "a": [2]}"#)),
                .toolCall(ToolCall(id: "d", name: "g", arguments: "not JSON")),
            ]),
            stopReason: .other("stop"),
            usage: TokenUsage(
                inputTokens: 9, cachedInputTokens: 1, cacheCreationInputTokens: 2, outputTokens: 3, reasoningTokens: 4)),
    ]

    static let events: [LanguageModelEvent] =
        [
            .reasoning("r"), .text("☀️"), .refusal("no"), .toolCall(index: 1, id: "i", name: "n"),
            .toolCallArguments(index: 1, fragment: "{\""),
        ] + responses.map { .completed($0) }

    @Test(arguments: events) func `An event is the same after it was written and read`(
        event: LanguageModelEvent
    ) throws {
        #expect(try LanguageModelEvent(json: JSONValue(parsing: event.json.canonicalText)) == event)
    }

    @Test(arguments: [
        StopReason.stop, .stopSequence, .length, .toolCalls, .contentFilter, .refusal, .other(""), .other("other:stop"),
    ])
    func `A reason for the end is the same after it was written and read`(reason: StopReason) throws {
        var response = Self.responses[0]
        response.stopReason = reason
        #expect(try LanguageModelResponse(json: response.json) == response)
    }

    @Test(
        arguments: [
            nil, [], "text", ["text": 1], ["tool_call": 1], ["completed": ["parts": []]],
            ["completed": ["parts": [[:]], "stop_reason": "stop", "usage": [:]]],
        ] as [JSONValue])
    func `What is no event is refused with a sentence`(json: JSONValue) {
        let error = #expect(throws: LanguageModelError.self) { try LanguageModelEvent(json: json) }
        #expect(error?.message.contains("recorded answer is damaged") == true)
    }

    /// Every field changed, one at a time.
    static let variants: [LanguageModelRequest] = {
        let base = LanguageModelRequest(messages: [.system("s"), .user("u")])
        let image = { (byte: UInt8, type: String) in
            Message.user([.image(.data(Data([byte]), mediaType: type))])
        }
        let messages: [[Message]] = [
            [.user("u"), .system("s")], [.system("s"), .user([.text("u"), .text("")])], [image(1, "image/png")],
            [image(2, "image/png")], [image(1, "image/gif")], [.user([.image(.url("http://a/1"))])],
            [.assistant(AssistantMessage(text: "u"))],
            [.tool(ToolResult(callID: "1", content: [.text("u")]))],
            [.tool(ToolResult(callID: "2", content: [.text("u")]))],
            [.tool(ToolResult(callID: "1", content: [.text("u")], isError: true))],
        ]
        let tool = ToolDefinition(name: "f", description: "d", parameters: ["type": "object"])
        let changes: [(inout LanguageModelRequest) -> Void] = [
            { $0.tools = [tool] },
            {
                $0.tools = [tool]
                $0.tools[0].description = "e"
            },
            {
                $0.tools = [tool]
                $0.tools[0].parameters = [:]
            },
            { $0.toolChoice = .auto }, { $0.toolChoice = ToolChoice.none }, { $0.toolChoice = .required },
            { $0.toolChoice = .tool("auto") },
            { $0.responseFormat = .jsonSchema(name: "a", schema: [:]) },
            { $0.responseFormat = .jsonSchema(name: "b", schema: [:]) },
            { $0.maxOutputTokens = 1 }, { $0.temperature = 1 }, { $0.topP = 1 }, { $0.stopSequences = ["1"] },
            { $0.seed = 1 },
        ]
        return [base] + messages.map { LanguageModelRequest(messages: $0) }
            + changes.map { change in
                var request = base
                change(&request)
                return request
            }
    }()

    @Test func `Requests that differ in any field that an answer depends on are written differently`() {
        #expect(Set(Self.variants.map(\.json.canonicalText)).count == Self.variants.count)
        var cheaper = Self.variants[0]
        cheaper.cacheBreakpoints = [.tools]
        #expect(cheaper.json == Self.variants[0].json)
    }

    @Test func `The written form stays as it is, or its version is raised`() {
        #expect(LanguageModelRequest.jsonVersion == 1)
        let text = Self.variants.map(\.json.canonicalText).joined(separator: "\n")
        #expect(ContentHash(of: text).short == "505f2e0ba52e")
    }
}
