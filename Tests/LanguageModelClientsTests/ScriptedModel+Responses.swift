import Base

extension ScriptedModel {
    /// Its line in OpenAI's Responses.
    func openAIResponse(_ request: LoopbackModel.Received) -> LoopbackModel.Reply {
        let body = request.body
        var output: [JSONValue] = []
        var events: [JSONValue] = [["type": "response.created", "response": ["id": "x", "status": "in_progress"]]]
        func add(_ item: JSONValue, head: JSONValue, _ type: String, _ pieces: [String]) {
            let index = JSONValue.integer(output.count)
            output.append(item)
            events.append(["type": "response.output_item.added", "output_index": index, "item": head])
            events += pieces.map { ["type": .string(type), "output_index": index, "delta": .string($0)] }
            events.append(["type": "response.output_item.done", "output_index": index, "item": item])
        }
        let line = Self.line(
            hasResult: body["input"]?.array?.contains { $0["type"] == "function_call_output" } ?? false,
            tool: body["tool_choice"] == "none" ? nil : body["tools"]?.array?.first?["name"]?.string)
        switch line {
        case .call(let tool):
            let call: (String) -> JSONValue = {
                [
                    "type": "function_call", "id": "fc", "call_id": "c1", "name": .string(tool),
                    "arguments": .string($0),
                ]
            }
            let arguments = #"{"city": "Rome"}"#
            add(
                call(arguments), head: call(""), "response.function_call_arguments.delta", Self.pieces(arguments))
        case .text(let thoughts, let text):
            add(
                ["type": "reasoning", "id": "rs", "summary": [["type": "summary_text", "text": .string(thoughts)]]],
                head: ["type": "reasoning", "id": "rs", "summary": []], "response.reasoning_summary_text.delta",
                Self.pieces(thoughts))
            let content: JSONValue = [["type": "output_text", "text": .string(text), "annotations": []]]
            add(
                ["type": "message", "role": "assistant", "content": content],
                head: ["type": "message", "role": "assistant", "content": []], "response.output_text.delta",
                Self.pieces(text))
        }
        let usage: JSONValue = [
            "input_tokens": 40, "output_tokens": 9, "input_tokens_details": ["cached_tokens": 32],
            "output_tokens_details": ["reasoning_tokens": 3],
        ]
        let whole: JSONValue = [
            "id": "x", "object": "response", "status": "completed", "model": "scripted", "error": nil,
            "output": .array(output), "usage": counts ? usage : nil,
        ]
        guard body["stream"] == true else { return .json(whole) }
        events.append(["type": "response.completed", "response": whole])
        return .stream(events.map { "event: \($0["type"]?.string ?? "")\ndata: \($0.canonicalText)\n\n" })
    }
}
