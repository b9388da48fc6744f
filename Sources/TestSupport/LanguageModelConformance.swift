internal import Base
package import LanguageModels

/// What every `LanguageModel` has to hold to, whoever serves it: a scripted server, or a real one.
///
/// The model is asked with a temperature of 0 and a seed, so that it says the same twice; it must be able to call tools.
package struct LanguageModelConformance: Sendable {
    private let model: any LanguageModel

    /// The suite for a model.
    package init(_ model: any LanguageModel) { self.model = model }

    private static let weather = ToolDefinition(
        name: "weather", description: "The weather in a city, today.",
        parameters: [
            "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
            "additionalProperties": false,
        ])

    private static let question = request([
        .system("Answer in one short sentence."), .user("Which colour has the sky on a clear day?"),
    ])

    private static func request(_ messages: [Message], choice: ToolChoice? = nil) -> LanguageModelRequest {
        LanguageModelRequest(
            messages: messages, tools: choice == nil ? [] : [weather], toolChoice: choice, maxOutputTokens: 200,
            temperature: 0, seed: 7)
    }

    /// What the model does not hold to, as sentences; empty where nothing.
    package func violations() async throws -> [String] {
        var violations = try await streamEqualsWhole(Self.question, "An answer")
        violations += try await toolRoundTrip()
        violations += await cancellation()
        return violations
    }

    /// The question of the suite, answered; for checks of a caller's own.
    package func answer() async throws -> LanguageModelResponse { try await model.respond(to: Self.question) }

    private func streamEqualsWhole(_ request: LanguageModelRequest, _ name: String) async throws -> [String] {
        let whole = try await model.respond(to: request)
        var events: [LanguageModelEvent] = []
        for try await event in model.stream(request) { events.append(event) }
        guard case .completed(let streamed) = events.last else {
            return ["\(name)'s stream does not end in the whole."]
        }
        var violations = StreamedParts(events).violations(against: streamed.message).map { "\(name)'s \($0)" }
        // Servers that make up ids for calls make up new ones each time.
        if streamed.message.parts.map(Self.withoutID) != whole.message.parts.map(Self.withoutID) {
            violations.append("\(name) is \(streamed.message) as a stream, and \(whole.message) as a whole.")
        }
        if streamed.stopReason != whole.stopReason {
            violations.append(
                "\(name) stops for \(streamed.stopReason) as a stream, for \(whole.stopReason) as a whole.")
        }
        if streamed.usage.isEstimated == whole.usage.isEstimated,
            streamed.usage.outputTokens != whole.usage.outputTokens
        {
            violations.append("\(name) uses \(streamed.usage) as a stream, and \(whole.usage) as a whole.")
        }
        return violations + [streamed.usage, whole.usage].flatMap { Self.violations(of: $0, name) }
    }

    private static func withoutID(_ part: AssistantMessage.Part) -> AssistantMessage.Part {
        guard case .toolCall(var call) = part else { return part }
        call.id = ""
        return .toolCall(call)
    }

    private static func violations(of usage: TokenUsage, _ name: String) -> [String] {
        var violations: [String] = []
        if usage.inputTokens <= 0 || usage.outputTokens <= 0 { violations.append("\(name) used nothing: \(usage).") }
        if usage.cachedInputTokens ?? 0 > usage.inputTokens || usage.reasoningTokens ?? 0 > usage.outputTokens {
            violations.append("\(name) used more of a part than of the whole: \(usage).")
        }
        return violations
    }

    private func toolRoundTrip() async throws -> [String] {
        var messages: [Message] = [.user("What is the weather in Rome? Use the tool.")]
        let asking = Self.request(messages, choice: .tool("weather"))
        var violations = try await streamEqualsWhole(asking, "A call")
        let called = try await model.respond(to: asking)
        guard let call = called.message.toolCalls.first else {
            return violations + ["A tool that must be called is not."]
        }
        if call.name != "weather" || call.id.isEmpty || call.argumentsObject?["city"]?.string == nil {
            violations.append("The tool is called as \(call).")
        }
        if called.stopReason != .toolCalls { violations.append("A call stops for \(called.stopReason).") }
        messages.append(.assistant(called.message))
        messages += called.message.toolCalls.map {
            .tool(ToolResult(callID: $0.id, content: [.text("sunny, 25 degrees")]))
        }
        let answer = try await model.respond(to: Self.request(messages, choice: ToolChoice.none))
        if answer.message.text.isEmpty { violations.append("Nothing is said to a tool's result.") }
        if !answer.message.toolCalls.isEmpty { violations.append("A tool is called that must not be.") }
        return violations
    }

    private func cancellation() async -> [String] {
        let model = model
        let whole = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await model.respond(to: Self.question)
        }
        let stream = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            for try await _ in model.stream(Self.question) {}
        }
        var violations: [String] = []
        for (task, name) in [(whole, "answer"), (stream, "stream")] {
            switch await task.result {
            case .success: violations.append("A cancelled task gets its \(name).")
            case .failure(let error) where error is CancellationError: break
            case .failure(let error): violations.append("A cancelled \(name) fails with \(error).")
            }
        }
        return violations
    }
}
