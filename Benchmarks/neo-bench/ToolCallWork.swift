import Agents
import Base
import Foundation
import LanguageModelClients
import LanguageModels

/// How a model's calls of tools are read: by the protocol's fields alone, also from its text, and with a word back where a
/// call cannot be run; `Benchmarks/bfcl.py` judges what comes out.
///
/// Arguments: the address, the model, the name of a variable with the server's key. For each line of standard input, an
/// object with `id`, `prompt` and `tools`, it prints one with the calls in each way of reading.
enum ToolCallWork {
    /// How often a model is told what was wrong.
    private static let repairs = 2

    static func print(_ arguments: some Sequence<String>) async throws {
        let arguments = Array(arguments)
        guard arguments.count == 3 else { return Swift.print("neo-bench tools URL MODEL KEYVARIABLE") }
        let key = ProcessInfo.processInfo.environment[arguments[2]].flatMap(Secret.init)
        let endpoint = LanguageModelEndpoint(
            api: .chatCompletions(.llamaServer), url: arguments[0], model: arguments[1], key: key)
        try await EndpointLanguageModel.with(endpoint) { model in
            while let line = readLine() {
                let question = try Question(JSONValue(parsing: line))
                Swift.print(try await answer(to: question, by: model).canonicalText)
                fflush(nil)
            }
        }
    }

    private static func answer(to question: Question, by model: any LanguageModel) async throws -> JSONValue {
        let tools = ToolSet(question.tools.map(DeclaredTool.init))
        var request = LanguageModelRequest(
            messages: question.messages, tools: question.tools, maxOutputTokens: 512, temperature: 0)
        let first = try await model.respond(to: request)
        let read = ReadAgain(response: first)
        var response = try await ToolTextModel(read).respond(to: request)
        let text = response.message.toolCalls
        var rounds = 0
        while rounds < repairs, let results = complaints(about: response.message, tools) {
            rounds += 1
            request.messages.append(.assistant(response.message))
            request.messages += results.map(Message.tool)
            response = try await ToolTextModel(model).respond(to: request)
        }
        return [
            "id": .string(question.id), "reply": .string(first.message.text),
            "native": calls(first.message.toolCalls), "text": calls(text),
            "repaired": calls(response.message.toolCalls.map { mended($0, tools) }), "rounds": .number(Double(rounds)),
            "tokens": .number(Double(first.usage.outputTokens)),
        ]
    }

    /// A result for every call where one is wrong; nil where all can be run, or there are none.
    private static func complaints(about message: AssistantMessage, _ tools: ToolSet) -> [ToolResult]? {
        var isAnyWrong = false
        let results = message.toolCalls.map { call -> ToolResult in
            guard case .wrong(let words) = tools.check(call) else {
                return ToolResult(
                    callID: call.id,
                    content: [.text("Not run: another call of this answer was wrong. Make all of its calls again.")])
            }
            isAnyWrong = true
            return ToolResult(callID: call.id, content: [.text(words)], isError: true)
        }
        return isAnyWrong ? results : nil
    }

    /// The call as it would run.
    private static func mended(_ call: ToolCall, _ tools: ToolSet) -> ToolCall {
        guard case .call(_, let arguments) = tools.check(call) else { return call }
        return call.with(arguments)
    }

    private static func calls(_ calls: [ToolCall]) -> JSONValue {
        .array(calls.map { ["name": .string($0.name), "arguments": .string($0.arguments)] })
    }
}

/// A question with the tools that are offered.
private struct Question {
    let id: String
    let messages: [Message]
    let tools: [ToolDefinition]

    init(_ json: JSONValue) throws {
        guard let id = json["id"]?.string, let prompt = json["prompt"]?.string, let tools = json["tools"]?.array else {
            throw CocoaError(.propertyListReadCorrupt)
        }
        self.id = id
        messages = [.user(prompt)]
        self.tools = tools.map {
            ToolDefinition(
                name: $0["name"]?.string ?? "", description: $0["description"]?.string ?? "",
                parameters: $0["parameters"] ?? [:])
        }
    }
}

/// A tool that is only told of.
private struct DeclaredTool: Tool {
    let definition: ToolDefinition
    let isIdempotent = true

    func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }
    func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        .failed("Not run.")
    }
}

/// A model that says again what was said, so that the same answer can be read in another way.
private struct ReadAgain: LanguageModel {
    let response: LanguageModelResponse
    let identity = "read again"

    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse { response }
    func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { [response] in
            AsyncThrowingStream { said in
                said.yield(.completed(response))
                said.finish()
            }.makeAsyncIterator()
        }
    }
}
