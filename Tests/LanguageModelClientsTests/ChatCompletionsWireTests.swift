import Base
import Foundation
import LanguageModels
import Testing

@testable import LanguageModelClients

@Suite struct ChatCompletionsWireTests {
    static let tool = ToolDefinition(
        name: "weather", description: "The weather.", parameters: ["type": "object", "properties": [:]])

    private func body(
        _ request: LanguageModelRequest, quirks: ChatCompletionsQuirks = .openAI, streaming: Bool = false,
        extraFields: [String: JSONValue] = [:]
    ) throws -> JSONValue {
        try ChatCompletionsWire(model: "m", quirks: quirks, extraFields: extraFields)
            .body(for: request, streaming: streaming)
    }

    @Test func `Messages of all roles have the fields of OpenAI`() throws {
        let call = ToolCall(id: "c1", name: "weather", arguments: #"{"city": "Rome"}"#)
        let body = try body(
            LanguageModelRequest(messages: [
                .system("Be short."),
                .user("Hello"),
                .user([.text("What is it?"), .image(.data(Data([1, 2, 3]), mediaType: "image/png"))]),
                .assistant(AssistantMessage(parts: [.reasoning(Reasoning(text: "Hm.")), .toolCall(call)])),
                .tool(ToolResult(callID: "c1", content: [.text("sunny"), .text("25")])),
                .assistant(AssistantMessage(text: "")),
            ]))
        #expect(
            body == [
                "model": "m",
                "messages": [
                    ["role": "system", "content": "Be short."],
                    ["role": "user", "content": "Hello"],
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "What is it?"],
                            ["type": "image_url", "image_url": ["url": "data:image/png;base64,AQID"]],
                        ],
                    ],
                    [
                        "role": "assistant", "content": nil,
                        "tool_calls": [
                            [
                                "id": "c1", "type": "function",
                                "function": ["name": "weather", "arguments": #"{"city":"Rome"}"#],
                            ]
                        ],
                    ],
                    ["role": "tool", "tool_call_id": "c1", "content": "sunny\n25"],
                    ["role": "assistant", "content": ""],
                ],
            ])
    }

    @Test func `Settings go to the fields that the server knows`() throws {
        let request = LanguageModelRequest(
            messages: [.user("Hi")], responseFormat: .jsonSchema(name: "answer", schema: ["type": "object"]),
            maxOutputTokens: 7, temperature: 0.5, topP: 0.9, stopSequences: ["END"], seed: 3,
            cacheBreakpoints: [.message(0)])
        let openAI = try body(request, streaming: true)
        #expect(
            openAI == [
                "model": "m", "messages": [["role": "user", "content": "Hi"]], "stream": true,
                "stream_options": ["include_usage": true], "max_completion_tokens": 7, "temperature": 0.5,
                "top_p": 0.9, "stop": ["END"], "seed": 3,
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": "answer", "strict": true, "schema": ["type": "object"]],
                ],
            ])
        let other = try body(
            request, quirks: ChatCompletionsQuirks(knowsStreamOptions: false), streaming: true,
            extraFields: ["top_k": 5, "temperature": 1])
        #expect(other["max_tokens"] == 7 && other["max_completion_tokens"] == nil)
        #expect(other["stream_options"] == nil && other["top_k"] == 5 && other["temperature"] == 1)
    }

    @Test func `A server that cannot be told which tool to call is offered only that one`() throws {
        let other = ToolDefinition(name: "time", description: "", parameters: [:])
        let request = LanguageModelRequest(
            messages: [.user("Hi")], tools: [other, Self.tool], toolChoice: .tool("weather"))
        let named = try body(request)
        #expect(named["tool_choice"] == ["type": "function", "function": ["name": "weather"]])
        #expect(named["tools"]?.array?.count == 2)
        let unnamed = try body(request, quirks: .llamaServer)
        #expect(unnamed["tool_choice"] == "required")
        #expect(
            unnamed["tools"] == [
                [
                    "type": "function",
                    "function": [
                        "name": "weather", "description": "The weather.",
                        "parameters": ["type": "object", "properties": [:]],
                    ],
                ]
            ])
    }

    @Test func `A choice is not sent without tools`() throws {
        let body = try body(LanguageModelRequest(messages: [.user("Hi")], toolChoice: ToolChoice.none))
        #expect(body["tool_choice"] == nil && body["tools"] == nil)
    }

    @Test func `What the protocol cannot say is a sentence`() throws {
        let picture = ContentPart.image(.url("https://example.com/a.png"))
        let result = LanguageModelRequest(messages: [.tool(ToolResult(callID: "1", content: [picture]))])
        #expect(throws: LanguageModelError.self) { try body(result) }
        let address = LanguageModelRequest(messages: [.user([picture])])
        #expect(try body(address)["messages"]?.array?.count == 1)
        let error = #expect(throws: LanguageModelError.self) { try body(address, quirks: .ollama) }
        #expect(error?.code == .request && error?.message.contains("a.png") == true)
    }
}
