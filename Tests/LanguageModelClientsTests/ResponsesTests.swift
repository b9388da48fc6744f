import Base
import Foundation
import LanguageModels
import Testing

@testable import LanguageModelClients

@Suite struct ResponsesTests {
    private static let request = LanguageModelRequest(messages: [.user("Hi")])

    private func body(_ request: LanguageModelRequest, extraFields: [String: JSONValue] = [:]) throws -> JSONValue {
        try ResponsesWire(model: "m", extraFields: extraFields).body(for: request, streaming: false)
    }

    @Test func `Messages of all roles are items`() throws {
        let thought = Reasoning(text: "Hm.", signature: "rs_1", redactedData: "xyz")
        let call = ToolCall(id: "c1", name: "weather", arguments: #"{"city": "Rome"}"#)
        let body = try body(
            LanguageModelRequest(
                messages: [
                    .system("Be short."),
                    .user([.text("See"), .image(.data(Data([1, 2, 3]), mediaType: "image/png"))]),
                    .assistant(
                        AssistantMessage(parts: [
                            .reasoning(thought), .reasoning(Reasoning(text: "Not to be sent.")), .text("One moment."),
                            .toolCall(call),
                        ])),
                    .tool(ToolResult(callID: "c1", content: [.text("sunny")])),
                ],
                tools: [ToolDefinition(name: "weather", description: "W.", parameters: ["type": "object"])],
                toolChoice: .tool("weather"), responseFormat: .jsonSchema(name: "n", schema: ["type": "object"]),
                maxOutputTokens: 9, temperature: 0.5, seed: 7))
        #expect(
            body == [
                "model": "m", "store": false, "max_output_tokens": 9, "temperature": 0.5,
                "input": [
                    ["type": "message", "role": "system", "content": "Be short."],
                    [
                        "type": "message", "role": "user",
                        "content": [
                            ["type": "input_text", "text": "See"],
                            ["type": "input_image", "image_url": "data:image/png;base64,AQID"],
                        ],
                    ],
                    [
                        "type": "reasoning", "id": "rs_1", "encrypted_content": "xyz",
                        "summary": [["type": "summary_text", "text": "Hm."]],
                    ],
                    ["type": "message", "role": "assistant", "content": "One moment."],
                    [
                        "type": "function_call", "call_id": "c1", "name": "weather",
                        "arguments": #"{"city":"Rome"}"#,
                    ],
                    ["type": "function_call_output", "call_id": "c1", "output": "sunny"],
                ],
                "tools": [
                    [
                        "type": "function", "name": "weather", "description": "W.", "parameters": ["type": "object"],
                        "strict": false,
                    ]
                ],
                "tool_choice": ["type": "function", "name": "weather"],
                "text": [
                    "format": ["type": "json_schema", "name": "n", "schema": ["type": "object"], "strict": true]
                ],
            ])
    }

    @Test func `Stop sequences cannot be said, and fields of one's own can`() throws {
        var request = Self.request
        #expect(try body(request, extraFields: ["store": true])["store"] == true)
        request.stopSequences = ["x"]
        #expect(throws: LanguageModelError.self) { _ = try body(request) }
    }

    private func answer(_ reply: JSONValue) throws -> LanguageModelResponse {
        var answer = ResponsesAnswer()
        _ = try answer.add(whole: reply)
        return answer.response(to: Self.request)
    }

    @Test(
        arguments: [
            (["status": "completed", "output": []], .stop),
            (["status": "incomplete", "incomplete_details": ["reason": "max_output_tokens"], "output": []], .length),
            (
                ["status": "incomplete", "incomplete_details": ["reason": "content_filter"], "output": []],
                .contentFilter
            ),
            (["status": "cancelled", "output": []], .other("cancelled")),
            (
                [
                    "status": "completed",
                    "output": [["type": "message", "content": [["type": "refusal", "refusal": "No."]]]],
                ], .refusal
            ),
            (
                ["status": "completed", "output": [["type": "function_call", "call_id": "c", "name": "f"]]], .toolCalls
            ),
        ] as [(JSONValue, StopReason)])
    func `Why an answer ends`(reply: JSONValue, reason: StopReason) throws {
        #expect(try answer(reply).stopReason == reason)
    }

    @Test func `Thoughts keep their parts apart and what only the server reads, and unknown items are passed over`()
        throws
    {
        let response = try answer([
            "id": "r", "model": "m-1", "status": "completed",
            "output": [
                ["type": "web_search_call", "status": "completed"],
                [
                    "type": "reasoning", "id": "rs", "encrypted_content": "xyz",
                    "summary": [["type": "summary_text", "text": "A"], ["type": "summary_text", "text": "B"]],
                ],
                ["type": "message", "content": [["type": "output_text", "text": "Yes."]]],
            ],
        ])
        #expect(
            response.message.parts == [
                .reasoning(Reasoning(text: "A\n\nB", signature: "rs", redactedData: "xyz")), .text("Yes."),
            ])
        #expect(response.id == "r" && response.model == "m-1" && response.usage.isEstimated)
    }

    @Test(
        arguments: [
            (["data": []], "no response"), (["status": "failed", "output": []], "gives no reason"),
            (["error": ["message": "no memory"], "status": "failed"], "no memory"),
        ] as [(JSONValue, String)])
    func `What is no answer is said`(reply: JSONValue, sentence: String) throws {
        let problem = #expect(throws: AnswerProblem.self) { _ = try answer(reply) }
        #expect(problem?.predicate.contains(sentence) == true)
    }

    @Test(arguments: [
        (#"{"type":"error","code":"server_error","message":"sorry"}"#, "sorry", true),
        (#"{"type":"response.failed","response":{"error":{"code":"x","message":"bad"}}}"#, "bad", false),
        (#"{"error":{"message":"other"}}"#, "other", false), ("[DONE]", "before it was complete", false),
        ("hello", "no JSON object", false),
    ])
    func `Errors in a stream are said`(data: String, sentence: String, mayPass: Bool) throws {
        var answer = ResponsesAnswer()
        let problem = #expect(throws: AnswerProblem.self) { _ = try answer.add(ServerSentEvent(data: data)) }
        #expect(problem?.predicate.contains(sentence) == true && problem?.mayPass == mayPass)
    }
}
