import Base
import LanguageModels
import Testing

@testable import LanguageModelClients

@Suite struct AnthropicMessagesAnswerTests {
    private static let request = LanguageModelRequest(messages: [.user("12345678")])

    /// An answer with thoughts, text and two calls, as it comes at once.
    private static let whole: JSONValue = [
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m-1", "stop_reason": "tool_use",
        "content": [
            ["type": "thinking", "thinking": "Hmm.", "signature": "abc"],
            ["type": "redacted_thinking", "data": "xyz"],
            ["type": "text", "text": "Let me see."],
            ["type": "tool_use", "id": "t1", "name": "f", "input": ["x": 1]],
            ["type": "tool_use", "id": "t2", "name": "g", "input": [:]],
            ["type": "server_novelty"],
        ],
        "usage": [
            "input_tokens": 10, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 5, "output_tokens": 20,
        ],
    ]

    /// The same as a stream.
    private static let stream: [JSONValue] = [
        [
            "type": "message_start",
            "message": [
                "id": "msg_1", "model": "m-1", "content": [], "stop_reason": nil,
                "usage": [
                    "input_tokens": 10, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 5,
                    "output_tokens": 1,
                ],
            ],
        ],
        ["type": "ping"],
        start(0, ["type": "thinking", "thinking": "", "signature": ""]),
        delta(0, ["type": "thinking_delta", "thinking": "Hm"]), delta(0, ["type": "thinking_delta", "thinking": "m."]),
        delta(0, ["type": "signature_delta", "signature": "abc"]), ["type": "content_block_stop", "index": 0],
        start(1, ["type": "redacted_thinking", "data": "xyz"]), ["type": "content_block_stop", "index": 1],
        start(2, ["type": "text", "text": ""]), delta(2, ["type": "text_delta", "text": "Let me"]),
        delta(2, ["type": "novel_delta", "text": "?"]), delta(2, ["type": "text_delta", "text": " see."]),
        start(3, ["type": "tool_use", "id": "t1", "name": "f", "input": [:]]),
        delta(3, ["type": "input_json_delta", "partial_json": ""]),
        delta(3, ["type": "input_json_delta", "partial_json": "{\"x\""]),
        delta(3, ["type": "input_json_delta", "partial_json": ": 1}"]),
        start(4, ["type": "tool_use", "id": "t2", "name": "g", "input": [:]]),
        start(5, ["type": "server_novelty"]), delta(77, ["type": "text_delta", "text": "nowhere"]),
        [
            "type": "message_delta", "delta": ["stop_reason": "tool_use", "stop_sequence": nil],
            "usage": ["output_tokens": 20, "input_tokens": nil],
        ],
        ["type": "message_stop"],
    ]

    private static func start(_ index: Int, _ block: JSONValue) -> JSONValue {
        ["type": "content_block_start", "index": .integer(index), "content_block": block]
    }

    private static func delta(_ index: Int, _ delta: JSONValue) -> JSONValue {
        ["type": "content_block_delta", "index": .integer(index), "delta": delta]
    }

    private static func event(_ value: JSONValue) -> ServerSentEvent {
        ServerSentEvent(event: value["type"]?.string ?? "", data: value.canonicalText)
    }

    @Test func `A stream and a whole answer give the same`() throws {
        var streamed = AnthropicMessagesAnswer()
        var events: [LanguageModelEvent] = []
        for value in Self.stream {
            #expect(!streamed.isComplete)
            events += try streamed.add(Self.event(value))
        }
        #expect(streamed.isComplete)
        #expect(
            events == [
                .reasoning("Hm"), .reasoning("m."), .text("Let me"), .text(" see."),
                .toolCall(index: 0, id: "t1", name: "f"), .toolCallArguments(index: 0, fragment: "{\"x\""),
                .toolCallArguments(index: 0, fragment: ": 1}"), .toolCall(index: 1, id: "t2", name: "g"),
            ])
        var whole = AnthropicMessagesAnswer()
        _ = try whole.add(whole: Self.whole)
        let response = whole.response(to: Self.request)
        #expect(streamed.response(to: Self.request) == response)
        #expect(
            response.message.parts == [
                .reasoning(Reasoning(text: "Hmm.", signature: "abc")),
                .reasoning(Reasoning(text: "", redactedData: "xyz")),
                .text("Let me see."), .toolCall(ToolCall(id: "t1", name: "f", arguments: #"{"x":1}"#)),
                .toolCall(ToolCall(id: "t2", name: "g", arguments: "{}")),
            ])
        #expect(response.stopReason == .toolCalls && response.id == "msg_1" && response.model == "m-1")
        #expect(
            response.usage
                == TokenUsage(
                    inputTokens: 115, cachedInputTokens: 100, cacheCreationInputTokens: 5, outputTokens: 20))
    }

    @Test(arguments: [
        ("end_turn", StopReason.stop), ("stop_sequence", .stopSequence), ("max_tokens", .length),
        ("model_context_window_exceeded", .length), ("refusal", .refusal), ("pause_turn", .other("pause_turn")),
    ])
    func `Reasons to stop are those of the protocol, and usage that is missing is a guess`(
        reason: String, expected: StopReason
    ) throws {
        var answer = AnthropicMessagesAnswer()
        let reply: JSONValue = ["content": [["type": "text", "text": "12345"]], "stop_reason": .string(reason)]
        #expect(try answer.add(whole: reply) == [.text("12345")])
        let response = answer.response(to: Self.request)
        #expect(response.stopReason == expected)
        #expect(response.usage == TokenUsage(inputTokens: 5, outputTokens: 2, isEstimated: true))
    }

    @Test(arguments: [
        ("{", "no JSON object", false), ("[]", "no JSON object", false),
        (#"{"type":"message_stop"}"#, "before it had begun", false),
        (#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, "Overloaded", true),
        (#"{"type":"error","error":{"type":"invalid_request_error","message":"Bad"}}"#, "Bad", false),
    ])
    func `An event that is none is a sentence`(data: String, sentence: String, mayPass: Bool) {
        var answer = AnthropicMessagesAnswer()
        let problem = #expect(throws: AnswerProblem.self) { try answer.add(ServerSentEvent(data: data)) }
        #expect(problem?.predicate.contains(sentence) == true)
        #expect(problem?.mayPass == mayPass)
    }

    @Test func `Hostile counts do not overflow`() throws {
        var answer = AnthropicMessagesAnswer()
        let reply: JSONValue = [
            "content": [],
            "usage": ["input_tokens": .integer(.max), "cache_read_input_tokens": .integer(.max), "output_tokens": -1],
        ]
        _ = try answer.add(whole: reply)
        #expect(answer.response(to: Self.request).usage.inputTokens == .max)
        #expect(answer.response(to: Self.request).usage.outputTokens == 0)
    }

    @Test func `Any subset of a stream's events is read without a crash`() throws {
        var random = SplitMix64(seed: 4)
        for _ in 0..<500 {
            var answer = AnthropicMessagesAnswer()
            for value in Self.stream.shuffled(using: &random).prefix(Int(random.next() % 20)) {
                _ = try? answer.add(Self.event(value))
            }
            _ = answer.response(to: Self.request)
        }
    }
}
