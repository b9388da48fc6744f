import Base
import LanguageModels
import Testing

@testable import LanguageModelClients

@Suite struct ChatCompletionsAnswerTests {
    private static let request = LanguageModelRequest(messages: [.user("12345678")])

    private static func chunk(_ delta: JSONValue, finish: JSONValue = nil) -> JSONValue {
        ["id": "x", "model": "m-1", "choices": [["index": 0, "delta": delta, "finish_reason": finish]]]
    }

    private static func calls(_ fragments: JSONValue...) -> JSONValue { chunk(["tool_calls": .array(fragments)]) }

    private static func fragment(index: Int?, id: String?, name: String?, _ arguments: JSONValue) -> JSONValue {
        var function: [String: JSONValue] = ["arguments": arguments]
        function["name"] = name.map { .string($0) }
        var fragment: [String: JSONValue] = ["function": .object(function), "type": "function"]
        fragment["index"] = index.map { .integer($0) }
        fragment["id"] = id.map { .string($0) }
        return .object(fragment)
    }

    private static func read(_ chunks: [JSONValue]) throws -> (
        events: [LanguageModelEvent], response: LanguageModelResponse
    ) {
        var answer = ChatCompletionsAnswer()
        var events: [LanguageModelEvent] = []
        for chunk in chunks { events += try answer.add(ServerSentEvent(data: chunk.canonicalText)) }
        _ = try answer.add(ServerSentEvent(data: "[DONE]"))
        #expect(answer.isComplete)
        return (events, answer.response(to: request))
    }

    @Test func `Thoughts, text and usage are gathered from the chunks`() throws {
        let (events, response) = try Self.read([
            Self.chunk(["role": "assistant", "content": ""]), Self.chunk(["reasoning_content": "Hm"]),
            Self.chunk(["reasoning": "m."]), Self.chunk(["content": "Hel"]),
            Self.chunk(["content": [["type": "text", "text": "lo"]], "refusal": nil]), Self.chunk([:], finish: "stop"),
            [
                "choices": [],
                "usage": [
                    "prompt_tokens": 11, "completion_tokens": 5, "prompt_tokens_details": ["cached_tokens": 4],
                    "completion_tokens_details": ["reasoning_tokens": 2],
                ],
            ],
        ])
        #expect(events == [.reasoning("Hm"), .reasoning("m."), .text("Hel"), .text("lo")])
        #expect(response.id == "x" && response.model == "m-1" && response.stopReason == .stop)
        #expect(response.message.parts == [.reasoning(Reasoning(text: "Hmm.")), .text("Hello")])
        #expect(
            response.usage
                == TokenUsage(inputTokens: 11, cachedInputTokens: 4, outputTokens: 5, reasoningTokens: 2))
    }

    @Test func `Where the server counts nothing, usage is a guess and says so; a hostile count is no less than zero`()
        throws
    {
        let (_, guess) = try Self.read([Self.chunk(["content": "12345"], finish: "length")])
        #expect(guess.usage == TokenUsage(inputTokens: 5, outputTokens: 2, isEstimated: true))
        #expect(guess.stopReason == .length)
        let counts: JSONValue = ["prompt_tokens": -5, "completion_tokens": 1e300]
        let (_, hostile) = try Self.read([
            Self.chunk(["content": "12345"], finish: "eos"), ["choices": [], "usage": counts],
        ])
        #expect(hostile.usage == TokenUsage(inputTokens: 0, outputTokens: 2, isEstimated: true))
        #expect(hostile.stopReason == .other("eos"))
    }

    @Test(arguments: [
        // Two calls, their fragments mixed, as OpenAI sends them.
        [
            calls(fragment(index: 0, id: "a", name: "f", "")), calls(fragment(index: 1, id: "b", name: "g", "{")),
            calls(
                fragment(index: 0, id: nil, name: nil, #"{"x":"#), fragment(index: 1, id: nil, name: nil, "}")),
            calls(fragment(index: 0, id: nil, name: nil, "1}")),
        ],
        // Each call whole, all numbered 0.
        [
            calls(fragment(index: 0, id: "a", name: "f", #"{"x":1}"#)),
            calls(fragment(index: 0, id: "b", name: "g", "{}")),
        ],
        // No numbers, and arguments that are no text.
        [
            calls(fragment(index: nil, id: "a", name: "f", ["x": 1]), fragment(index: nil, id: "b", name: "g", [:]))
        ],
        // The id and the name again with each fragment.
        [
            calls(fragment(index: 0, id: "a", name: "f", #"{"x""#)),
            calls(fragment(index: 0, id: "a", name: "f", ":1}")),
            calls(fragment(index: 1, id: "b", name: "g", "")),
        ],
    ])
    func `Calls are put together from fragments, as servers send them`(chunks: [JSONValue]) throws {
        let (events, response) = try Self.read(chunks + [Self.chunk([:], finish: "stop")])
        #expect(
            response.message.toolCalls == [
                ToolCall(id: "a", name: "f", arguments: #"{"x":1}"#), ToolCall(id: "b", name: "g", arguments: "{}"),
            ])
        #expect(response.stopReason == .toolCalls, "also where the server says `stop`")
        let begun = events.filter { if case .toolCall = $0 { true } else { false } }
        #expect(begun == [.toolCall(index: 0, id: "a", name: "f"), .toolCall(index: 1, id: "b", name: "g")])
        let fragments = events.reduce(into: ["", ""]) {
            if case .toolCallArguments(let index, let fragment) = $1 { $0[index] += fragment }
        }
        #expect(ToolCall(id: "a", name: "f", arguments: fragments[0]) == response.message.toolCalls[0])
    }

    @Test func `A call without an id is named by its position`() throws {
        let (_, response) = try Self.read([
            Self.calls(
                Self.fragment(index: 0, id: "", name: "f", "{}"), Self.fragment(index: 1, id: nil, name: "g", ""))
        ])
        #expect(response.message.toolCalls.map(\.id) == ["call_0", "call_1"])
    }

    @Test func `A refusal is a reason to stop`() throws {
        let (events, response) = try Self.read([Self.chunk(["refusal": "No."], finish: "stop")])
        #expect(events == [.refusal("No.")])
        #expect(response.stopReason == .refusal && response.message.refusal == "No." && response.message.text.isEmpty)
    }

    @Test(arguments: [
        ("{", "no JSON object"), ("[]", "no JSON object"), ("[DONE]", "before it had begun"),
        (#"{"error": {"message": "out of memory", "code": 500}}"#, "out of memory"), (#"{"error": "gone"}"#, "gone"),
    ])
    func `An event that is none is a sentence`(data: String, sentence: String) {
        var answer = ChatCompletionsAnswer()
        let problem = #expect(throws: AnswerProblem.self) { try answer.add(ServerSentEvent(data: data)) }
        #expect(problem?.predicate.contains(sentence) == true)
        #expect(problem?.mayPass == data.contains("500"))
    }

    @Test func `A stream that is cut anywhere before its end is not taken for an answer`() throws {
        let chunks = [Self.chunk(["content": "Hé"]), Self.chunk(["content": "llo"]), Self.chunk([:], finish: "stop")]
        let bytes = Array(chunks.map { "data: \($0.canonicalText)\r\n\r\n" }.joined().utf8)
        for cut in 0...bytes.count {
            var parser = ServerSentEventParser(limit: 1 << 20)
            var answer = ChatCompletionsAnswer()
            for event in try parser.append(Array(bytes[..<cut])) { _ = try answer.add(event) }
            // The carriage return of the blank line completes the last event already.
            #expect(answer.mayEnd == (cut >= bytes.count - 1))
        }
    }
}
