import Base
import LanguageModels
import TestSupport
import Testing

@Suite struct ToolTextModelTests {
    @Test(arguments: WrittenCallTexts.families.flatMap { $0.texts.map(\.text) })
    func `A stream says the same as the whole, however the text is cut`(text: String) async throws {
        for length in [1, 2, 3, 5, 17, 1_000] {
            let model = ToolTextModel(FixedModel(text, pieceLength: length))
            let whole = try await model.respond(to: FixedModel.request)
            var events: [LanguageModelEvent] = []
            for try await event in model.stream(FixedModel.request) { events.append(event) }
            #expect(events.last == .completed(whole))
            #expect(StreamedParts(events).violations(against: whole.message) == [])
            #expect(whole.stopReason == (whole.message.toolCalls.isEmpty ? .stop : .toolCalls))
        }
    }

    @Test func `Prose is handed on as it comes`() async throws {
        let model = ToolTextModel(FixedModel("It is warm, and a < b.", pieceLength: 6))
        var texts: [String] = []
        for try await event in model.stream(FixedModel.request) {
            if case .text(let text) = event { texts.append(text) }
        }
        #expect(texts == ["It is", " warm,", " and a", " < b."])
    }

    @Test func `Calls get names of their own in a conversation`() async throws {
        let earlier = AssistantMessage(parts: [.toolCall(ToolCall(id: "call_0", name: "weather", arguments: ""))])
        var request = FixedModel.request
        request.messages.append(.assistant(earlier))
        let model = ToolTextModel(FixedModel("weather(city=\"Rome\")", pieceLength: 1))
        let response = try await model.respond(to: request)
        #expect(response.message.toolCalls.map(\.id) == ["call_1"])
    }

    @Test func `An answer that ends at its call is not read further, and what the server did not count is estimated`()
        async throws
    {
        let call = #"{"name": "weather", "arguments": {"city": "Rome"}}"#
        let text = "I look.\n```json\n\(call)\n```\nIt is warm.\n" + String(repeating: call + "\n", count: 100)
        for length in [1, 3, 17] {
            let model = ToolTextModel(FixedModel(text, pieceLength: length), stopsAtCall: true)
            var events: [LanguageModelEvent] = []
            for try await event in model.stream(FixedModel.request) { events.append(event) }
            guard case .completed(let response)? = events.last else {
                Issue.record("no end")
                continue
            }
            #expect(response.message.toolCalls.count == 1 && response.message.text == "I look.")
            #expect(response.stopReason == .toolCalls)
            // So much was read, and not all of the text.
            #expect((1...60).contains(response.usage.outputTokens), "\(response.usage)")
            #expect(StreamedParts(events).violations(against: response.message) == [])
        }
        let whole = try await ToolTextModel(FixedModel(text, pieceLength: 9), stopsAtCall: true)
            .respond(to: FixedModel.request)
        #expect(whole.message.toolCalls.count == 1 && whole.usage.outputTokens == 7)
    }

    @Test func `Nothing is looked for where no tool may be called, or the server found the calls`() async throws {
        let text = "weather(city=\"Rome\")"
        var request = FixedModel.request
        request.toolChoice = ToolChoice.none
        let words = try await ToolTextModel(FixedModel(text, pieceLength: 1)).respond(to: request)
        #expect(words.message == AssistantMessage(text: text))

        let call = ToolCall(id: "c", name: "search_files", arguments: "")
        let model = ToolTextModel(
            FixedModel(pieceLength: 3) { _ in
                var response = FixedModel.response(text)
                response.message.parts.append(.toolCall(call))
                return response
            })
        #expect(try await model.respond(to: FixedModel.request).message.toolCalls == [call])
        var events: [LanguageModelEvent] = []
        for try await event in model.stream(FixedModel.request) { events.append(event) }
        let whole = AssistantMessage(parts: [.text(text), .toolCall(call)])
        #expect(StreamedParts(events).violations(against: whole) == [])
    }

    @Test func `Tools are described in words, calls and results too, and a call that must be made has a schema`()
        async throws
    {
        let asked = Collected<LanguageModelRequest>()
        let model = ToolTextModel(
            FixedModel { request in
                asked.add(request)
                return FixedModel.response(#"{"name": "weather", "arguments": {"city": "Rome"}}"#)
            }, tools: .described)
        let call = ToolCall(id: "c", name: "weather", arguments: #"{"city": "Oslo"}"#)
        let request = LanguageModelRequest(
            messages: [
                .user("Hi"), .assistant(AssistantMessage(parts: [.toolCall(call)])),
                .tool(ToolResult(callID: "c", content: [.text("cold")])),
            ], tools: WrittenCallTexts.tools, toolChoice: .tool("weather"), cacheBreakpoints: [.tools, .message(0)])
        #expect(try await model.respond(to: request).message.toolCalls.map(\.name) == ["weather"])
        let sent = try #require(asked.all.first)
        #expect(sent.tools.isEmpty && sent.toolChoice == nil && sent.cacheBreakpoints == [.message(1)])
        guard case .system(let words) = sent.messages.first, case .jsonSchema(_, let schema) = sent.responseFormat
        else {
            Issue.record("\(sent)")
            return
        }
        #expect(words.contains(#""name":"weather""#) && !words.contains("search_files"))
        #expect(schema["properties"]?["name"] == ["const": "weather"])
        #expect(
            sent.messages[2]
                == .assistant(
                    AssistantMessage(
                        text: "<tool_call>\n{\"arguments\":{\"city\":\"Oslo\"},\"name\":\"weather\"}\n</tool_call>")))
        #expect(sent.messages[3] == .user([.text("<tool_response>\n"), .text("cold"), .text("\n</tool_response>")]))

        var free = request
        free.toolChoice = .auto
        _ = try await model.respond(to: free)
        #expect(asked.all.last?.responseFormat == nil)
        free.toolChoice = ToolChoice.none
        _ = try await model.respond(to: free)
        #expect(asked.all.last?.messages.first == .user("Hi"))
    }

    @Test(arguments: WrittenCallTexts.fences.map(\.1))
    func `Fences in a stream are the same as in the whole, and the model is told of them`(text: String) async throws {
        var request = FixedModel.request
        request.tools.append(WrittenCallTexts.shell)
        let asked = Collected<LanguageModelRequest>()
        for length in [1, 2, 3, 5, 17, 1_000] {
            let model = ToolTextModel(
                FixedModel(pieceLength: length) { request in
                    asked.add(request)
                    return FixedModel.response(text)
                }, tools: .described)
            let whole = try await model.respond(to: request)
            var events: [LanguageModelEvent] = []
            for try await event in model.stream(request) { events.append(event) }
            #expect(events.last == .completed(whole))
            #expect(StreamedParts(events).violations(against: whole.message) == [])
        }
        #expect(
            asked.all.allSatisfy {
                if case .system(let words) = $0.messages.first { words.contains("```bash") } else { false }
            })
    }

    @Test func `A fence is no call where the model was not told of it`() async throws {
        let text = "```bash\nls\n```\n"
        var request = FixedModel.request
        // No shell is offered.
        let small = ToolTextModel(FixedModel(text, pieceLength: 3), stopsAtCall: true)
        #expect(try await small.respond(to: request).message.toolCalls == [])
        request.tools = [WrittenCallTexts.shell]
        #expect(try await small.respond(to: request).message.toolCalls.map(\.name) == ["shell"])
        // The server's own words for tools say nothing of fences.
        let large = ToolTextModel(FixedModel(text, pieceLength: 3))
        #expect(try await large.respond(to: request).message.toolCalls == [])
        request.toolChoice = .required
        #expect(try await small.respond(to: request).message.toolCalls == [])
    }

    @Test(arguments: ToolCallStyle.allCases)
    func `A style says whether calls are looked for in the text`(style: ToolCallStyle) async throws {
        let text = #"<tool_call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call>"#
        let model = style.applied(to: FixedModel(text, pieceLength: 5))
        let message = try await model.respond(to: FixedModel.request).message
        #expect(message.toolCalls.map(\.name) == (style == .native ? [] : ["weather"]))
    }
}
