import Base

/// A model of a few words, served in either protocol: it calls the first tool that it may, tells what a tool gave back,
/// and otherwise thinks a little and says that the sky is blue.
struct ScriptedModel: Sendable {
    /// Whether it counts tokens.
    var counts: Bool
    /// Whether it writes calls into its text, as Hermes does where a server does not know that.
    var writesCallsAsText = false

    /// What it says to a request.
    enum Line {
        case call(tool: String)
        case text(thoughts: String, String)
    }

    /// Its line in chat completions.
    func chatCompletion(_ request: LoopbackModel.Received) -> LoopbackModel.Reply {
        let body = request.body
        let line = Self.line(
            hasResult: body["messages"]?.array?.contains { $0["role"] == "tool" } ?? false,
            tool: body["tool_choice"] == "none" ? nil : body["tools"]?.array?.first?["function"]?["name"]?.string)
        var message: [String: JSONValue] = ["role": "assistant"]
        var deltas: [JSONValue] = [["role": "assistant", "content": ""]]
        let finish: JSONValue
        switch line {
        case .call(let tool) where writesCallsAsText:
            finish = "stop"
            let text =
                "I look.\n<tool_call>\n{\"name\": \"\(tool)\", \"arguments\": {\"city\": \"Rome\"}}\n</tool_call>"
            message["content"] = .string(text)
            deltas += Self.pieces(text).map { ["content": .string($0)] }
        case .call(let tool):
            finish = "tool_calls"
            let arguments = #"{"city": "Rome"}"#
            message["content"] = .null
            message["tool_calls"] = [Self.chatCall(index: 0, id: "c1", name: tool, arguments)]
            deltas.append(["tool_calls": [Self.chatCall(index: 0, id: "c1", name: tool, "")]])
            deltas += Self.pieces(arguments).map {
                ["tool_calls": [Self.chatCall(index: 0, id: nil, name: nil, $0)]]
            }
        case .text(let thoughts, let text):
            finish = "stop"
            message["content"] = .string(text)
            message["reasoning_content"] = .string(thoughts)
            deltas += Self.pieces(thoughts).map { ["reasoning_content": .string($0)] }
            deltas += Self.pieces(text).map { ["content": .string($0)] }
        }
        let usage: JSONValue =
            counts
            ? [
                "prompt_tokens": 40, "completion_tokens": 9, "prompt_tokens_details": ["cached_tokens": 32],
                "completion_tokens_details": ["reasoning_tokens": 3],
            ] : nil
        guard body["stream"] == true else {
            let choice: JSONValue = ["index": 0, "message": .object(message), "finish_reason": finish]
            return .json(["id": "x", "model": "scripted", "choices": [choice], "usage": usage])
        }
        var chunks = (deltas + [[:]]).enumerated().map { (position: Int, delta: JSONValue) -> JSONValue in
            let choice: JSONValue = [
                "index": 0, "delta": delta, "finish_reason": position == deltas.count ? finish : nil,
            ]
            return ["id": "x", "model": "scripted", "choices": [choice], "usage": nil]
        }
        if counts { chunks.append(["id": "x", "model": "scripted", "choices": [], "usage": usage]) }
        return .stream(chunks.map { "data: \($0.canonicalText)\n\n" } + ["data: [DONE]\n\n"])
    }

    /// Its line in Anthropic's messages.
    func anthropicMessage(_ request: LoopbackModel.Received) -> LoopbackModel.Reply {
        let body = request.body
        let isAnswered = body["messages"]?.array?.contains { message in
            message["content"]?.array?.contains { $0["type"] == "tool_result" } ?? false
        }
        let tool = body["tool_choice"]?["type"] == "none" ? nil : body["tools"]?.array?.first?["name"]?.string
        var content: [JSONValue] = []
        var events: [JSONValue] = []
        func add(_ block: JSONValue, empty: JSONValue, _ deltas: [JSONValue]) {
            let index = JSONValue.integer(content.count)
            content.append(block)
            events.append(["type": "content_block_start", "index": index, "content_block": empty])
            events += deltas.map { ["type": "content_block_delta", "index": index, "delta": $0] }
            events.append(["type": "content_block_stop", "index": index])
        }
        let reason: JSONValue
        switch Self.line(hasResult: isAnswered ?? false, tool: tool) {
        case .call(let tool):
            reason = "tool_use"
            add(
                ["type": "tool_use", "id": "t1", "name": .string(tool), "input": ["city": "Rome"]],
                empty: ["type": "tool_use", "id": "t1", "name": .string(tool), "input": [:]],
                Self.pieces(#"{"city": "Rome"}"#).map { ["type": "input_json_delta", "partial_json": .string($0)] })
        case .text(let thoughts, let text):
            reason = "end_turn"
            add(
                ["type": "thinking", "thinking": .string(thoughts), "signature": "s"],
                empty: ["type": "thinking", "thinking": "", "signature": ""],
                Self.pieces(thoughts).map { ["type": "thinking_delta", "thinking": .string($0)] }
                    + [["type": "signature_delta", "signature": "s"]])
            add(
                ["type": "text", "text": .string(text)], empty: ["type": "text", "text": ""],
                Self.pieces(text).map { ["type": "text_delta", "text": .string($0)] })
        }
        let input: JSONValue = counts ? ["input_tokens": 8, "cache_read_input_tokens": 32, "output_tokens": 1] : [:]
        let usage: JSONValue = counts ? ["input_tokens": 8, "cache_read_input_tokens": 32, "output_tokens": 9] : [:]
        guard body["stream"] == true else {
            return .json([
                "id": "x", "model": "scripted", "content": .array(content), "stop_reason": reason, "usage": usage,
            ])
        }
        let start: JSONValue = ["id": "x", "model": "scripted", "content": [], "usage": input]
        events.insert(["type": "message_start", "message": start], at: 0)
        events += [
            ["type": "ping"],
            ["type": "message_delta", "delta": ["stop_reason": reason], "usage": counts ? ["output_tokens": 9] : nil],
            ["type": "message_stop"],
        ]
        return .stream(
            events.map { "event: \($0["type"]?.string ?? "")\r\ndata: \($0.canonicalText)\r\n\r\n" })
    }

    static func line(hasResult: Bool, tool: String?) -> Line {
        if hasResult { return .text(thoughts: "A result.", "It is sunny in Rome: 25 degrees. ☀️") }
        return tool.map { .call(tool: $0) } ?? .text(thoughts: "The sky…", "The sky is blue.")
    }

    private static func chatCall(index: Int, id: String?, name: String?, _ arguments: String) -> JSONValue {
        var call: [String: JSONValue] = ["index": .integer(index)]
        var function: [String: JSONValue] = ["arguments": .string(arguments)]
        function["name"] = name.map { .string($0) }
        call["id"] = id.map { .string($0) }
        call["function"] = .object(function)
        return .object(call)
    }

    static func pieces(_ text: String) -> [String] {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 3).map {
            String(characters[$0..<min($0 + 3, characters.count)])
        }
    }
}
