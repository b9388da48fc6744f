import Base
import LanguageModels
import TestSupport
import Testing

@Suite struct StructuredAnswerTests {
    private static let request = LanguageModelRequest(messages: [.user("Is it blue?")], maxOutputTokens: 50)
    private static let good = #"{"verdict": "yes", "reason": "seen"}"#
    private static let bad = #"{"verdict": "perhaps"}"#

    /// A model that says one text after the other.
    private static func model(
        _ texts: [String], asked: Collected<LanguageModelRequest> = Collected(), stopReason: StopReason = .stop
    ) -> FixedModel {
        FixedModel { request in
            asked.add(request)
            return FixedModel.response(texts[min(asked.all.count, texts.count) - 1], stopReason: stopReason)
        }
    }

    @Test(arguments: [
        good, "```json\n\(good)\n```", "Of course:\n\n\(good)\n\nIs there more?",
        "{'verdict': 'yes', 'reason': 'seen',}",
        "I looked at [1], and {so}: \(good)",
    ])
    func `JSON is found where it stands`(text: String) async throws {
        let asked = Collected<LanguageModelRequest>()
        let answer = try await Self.model([text], asked: asked).structured(
            Self.request, schema: JSONSchemaCheckTests.answer, name: "verdict")
        #expect(answer.value == ["verdict": "yes", "reason": "seen"])
        #expect(answer.responses.count == 1 && answer.usage == TokenUsage(inputTokens: 5, outputTokens: 7))
        #expect(
            asked.all.first?.responseFormat == .jsonSchema(name: "verdict", schema: JSONSchemaCheckTests.answer))
    }

    @Test func `A wrong answer is shown to the model once, with what is wrong, and both count`() async throws {
        let asked = Collected<LanguageModelRequest>()
        let answer = try await Self.model([Self.bad, Self.good], asked: asked).structured(
            Self.request, schema: JSONSchemaCheckTests.answer)
        #expect(answer.value["verdict"] == "yes")
        #expect(answer.responses.count == 2 && answer.usage == TokenUsage(inputTokens: 10, outputTokens: 14))
        let messages = try #require(asked.all.last).messages
        #expect(messages.count == 3 && messages[1] == .assistant(AssistantMessage(text: Self.bad)))
        guard case .user(let parts) = messages[2], case .text(let words) = parts.first else {
            Issue.record("\(messages)")
            return
        }
        #expect(words.contains("- $.reason is missing\n- $.verdict is \"perhaps\""))
        #expect(words.contains(JSONSchemaCheckTests.answer.canonicalText))
    }

    @Test func `Two wrong answers are an error that says what was wrong`() async throws {
        let asked = Collected<LanguageModelRequest>()
        let error = await #expect(throws: LanguageModelError.self) {
            _ = try await Self.model(["blue", Self.bad], asked: asked).structured(
                Self.request, schema: JSONSchemaCheckTests.answer)
        }
        #expect(error?.code == .answer && asked.all.count == 2)
        #expect(error?.message.contains("$.reason is missing") == true)
    }

    @Test func `An answer that was cut short, or a refusal, is not asked for again`() async throws {
        let asked = Collected<LanguageModelRequest>()
        let cut = await #expect(throws: LanguageModelError.self) {
            _ = try await Self.model([#"{"verdict": {"a": 1}, "rea"#], asked: asked, stopReason: .length).structured(
                Self.request, schema: JSONSchemaCheckTests.answer)
        }
        #expect(
            cut?.message.contains("cut short after 7 tokens") == true && cut?.message.contains("more than 50") == true)
        let refusal = await #expect(throws: LanguageModelError.self) {
            let model = FixedModel { request in
                asked.add(request)
                var response = FixedModel.response("")
                response.message = AssistantMessage(parts: [.refusal("I would rather not.")])
                return response
            }
            _ = try await model.structured(Self.request, schema: JSONSchemaCheckTests.answer)
        }
        #expect(refusal?.message.contains("I would rather not.") == true && asked.all.count == 2)
    }

    @Test func `Usage adds up, and a guess stays a guess`() {
        let first = TokenUsage(inputTokens: 1, cachedInputTokens: 1, outputTokens: .max, reasoningTokens: 2)
        let second = TokenUsage(inputTokens: 2, outputTokens: 1, reasoningTokens: 3, isEstimated: true)
        #expect(
            first + second
                == TokenUsage(
                    inputTokens: 3, cachedInputTokens: 1, outputTokens: .max, reasoningTokens: 5, isEstimated: true))
    }
}
