import Base
import Foundation
import LanguageModels
import Testing

@testable import LanguageModelClients

@Suite struct AnthropicMessagesWireTests {
    private func body(_ request: LanguageModelRequest, streaming: Bool = false) throws -> JSONValue {
        try AnthropicMessagesWire(url: "https://api.anthropic.com", model: "m", extraFields: [:])
            .body(for: request, streaming: streaming)
    }

    @Test func `Turns alternate, and what holds for all of them stands outside`() throws {
        let calls = ["1", "2"].map { ToolCall(id: $0, name: "weather", arguments: #"{"city":"Rome"}"#) }
        let body = try body(
            LanguageModelRequest(messages: [
                .system("Be short."),
                .user([.text("What is it?"), .image(.data(Data([1, 2, 3]), mediaType: "image/png")), .text("")]),
                .assistant(
                    AssistantMessage(parts: [
                        .reasoning(Reasoning(text: "Hm.", signature: "s")), .reasoning(Reasoning(text: "unsigned")),
                        .reasoning(Reasoning(text: "", redactedData: "d")), .text("Let me see."), .toolCall(calls[0]),
                        .toolCall(ToolCall(id: "2", name: "weather", arguments: "Rome")),
                    ])),
                .tool(ToolResult(callID: "1", content: [.text("sunny")])),
                .tool(ToolResult(callID: "2", content: [.image(.url("https://example.com/a.png"))], isError: true)),
                .user("And now?"),
                .assistant(AssistantMessage(text: "")),
            ]))
        #expect(
            body == [
                "model": "m", "max_tokens": 4_096, "system": [["type": "text", "text": "Be short."]],
                "messages": [
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "What is it?"],
                            [
                                "type": "image",
                                "source": ["type": "base64", "media_type": "image/png", "data": "AQID"],
                            ],
                        ],
                    ],
                    [
                        "role": "assistant",
                        "content": [
                            ["type": "thinking", "thinking": "Hm.", "signature": "s"],
                            ["type": "redacted_thinking", "data": "d"],
                            ["type": "text", "text": "Let me see."],
                            ["type": "tool_use", "id": "1", "name": "weather", "input": ["city": "Rome"]],
                            ["type": "tool_use", "id": "2", "name": "weather", "input": ["arguments": "Rome"]],
                        ],
                    ],
                    [
                        "role": "user",
                        "content": [
                            [
                                "type": "tool_result", "tool_use_id": "1",
                                "content": [["type": "text", "text": "sunny"]],
                            ],
                            [
                                "type": "tool_result", "tool_use_id": "2", "is_error": true,
                                "content": [
                                    ["type": "image", "source": ["type": "url", "url": "https://example.com/a.png"]]
                                ],
                            ],
                            ["type": "text", "text": "And now?"],
                        ],
                    ],
                ],
            ])
    }

    @Test func `Settings, tools and breakpoints have their fields`() throws {
        let schema: JSONValue = ["type": "object"]
        let tool = ToolDefinition(name: "weather", description: "The weather.", parameters: schema)
        let mark: JSONValue = ["type": "ephemeral"]
        let body = try body(
            LanguageModelRequest(
                messages: [.system("S"), .user([.text("a"), .text("b")])], tools: [tool, tool], toolChoice: .required,
                responseFormat: .jsonSchema(name: "n", schema: schema), maxOutputTokens: 7, temperature: 0.5, topP: 0.9,
                stopSequences: ["END"], seed: 1, cacheBreakpoints: [.tools, .message(0), .message(1), .message(99)]),
            streaming: true)
        let plain: JSONValue = ["name": "weather", "description": "The weather.", "input_schema": schema]
        #expect(
            body == [
                "model": "m", "max_tokens": 7, "stream": true, "temperature": 0.5, "top_p": 0.9,
                "stop_sequences": ["END"], "tool_choice": ["type": "any"],
                "output_config": ["format": ["type": "json_schema", "schema": schema]],
                "tools": [
                    plain,
                    [
                        "name": "weather", "description": "The weather.", "input_schema": schema,
                        "cache_control": mark,
                    ],
                ],
                "system": [["type": "text", "text": "S", "cache_control": mark]],
                "messages": [
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "a"], ["type": "text", "text": "b", "cache_control": mark],
                        ],
                    ]
                ],
            ])
    }

    private static let choices: [(ToolChoice, JSONValue)] = [
        (.auto, ["type": "auto"]), (.none, ["type": "none"]), (.required, ["type": "any"]),
        (.tool("f"), ["type": "tool", "name": "f"]),
    ]

    @Test(arguments: choices)
    func `A choice of tools is an object`(choice: ToolChoice, json: JSONValue) throws {
        let tool = ToolDefinition(name: "f", description: "", parameters: [:])
        let request = LanguageModelRequest(messages: [.user("a")], tools: [tool], toolChoice: choice)
        #expect(try body(request)["tool_choice"] == json)
    }

    @Test func `More than four breakpoints are refused before they are sent`() {
        let request = LanguageModelRequest(
            messages: [.user("a")], cacheBreakpoints: Set((0..<5).map { .message($0) }))
        #expect(throws: LanguageModelError.self) { try body(request) }
    }
}
