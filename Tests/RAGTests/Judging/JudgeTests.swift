import Base
import LanguageModels
import TestSupport
import Testing

@testable import RAG

@Suite struct JudgeTests {
    private static let item = JudgeItem(
        id: "t", question: "How long?", answer: "two minutes", goldenAnswers: ["two minutes"],
        passages: ["Steep it for two minutes.", "Coffee."])

    @Test(arguments: [
        #"{"reason": "Same.", "verdict": "correct"}"#,
        "```json\n{\n  \"verdict\": \"Correct\",\n  \"reason\": \"Same.\"\n}\n```",
        #"I think {that} is it: {"reason": "Same.", "verdict": " CORRECT.", "score": 7}. Done."#,
        #"{"reason": "Same.", "verdict": "correct"} {"reason": "Really.", "verdict": "correct"}"#,
    ])
    func `A verdict is found in what stands around it`(text: String) async throws {
        let verdict = try #require(
            try await Judge(RepliesModel { _ in text }).judge(Self.item, by: .correctness))
        #expect(verdict.score == 1)
        #expect(verdict.label == "correct")
        #expect(verdict.reason == "Same.")
        #expect(verdict.failure == nil)
        #expect(verdict.usage == TokenUsage(inputTokens: 10, outputTokens: 2))
    }

    @Test func `Words may be written apart`() throws {
        let prompt = JudgePrompt(.faithfulness)
        for label in ["partly supported", "Partly-Supported", "PARTLY_SUPPORTED"] {
            let reply = try JudgeReply(
                #"{"reason": "r", "verdict": "\#(label)"}"#, prompt: prompt, material: [])
            #expect(reply.verdict.score == 0.5)
        }
    }

    @Test(arguments: [
        ("", "holds no JSON object"), ("correct", "holds no JSON object"), ("{\"verdict\": ", "holds no JSON object"),
        (#"{"reason": "r", "verdict": "maybe"}"#, "none of correct, partly_correct, incorrect"),
        (#"{"reason": "r", "verdict": 1}"#, "none of correct"), (#"{"verdict": "correct"}"#, "gives no reason"),
        (#"{"reason": " ", "verdict": "correct"}"#, "gives no reason"),
        (#"{"reason": "r", "verdict": "correct"} or {"reason": "r", "verdict": "incorrect"}"#, "several verdicts"),
    ])
    func `What is no verdict is asked for again with what was wrong, and then counts as a failure`(
        text: String, problem: String
    ) async throws {
        let asked = Collected<LanguageModelRequest>()
        let model = RepliesModel { request in
            asked.add(request)
            return text
        }
        let verdict = try #require(try await Judge(model).judge(Self.item, by: .correctness))
        #expect(verdict.score == nil)
        #expect(verdict.failure?.contains(problem) == true, "\(verdict.failure ?? "")")
        #expect(verdict.usage.inputTokens == 20)
        #expect(asked.all.count == 2)
        let last = asked.all.last?.messages ?? []
        #expect(last.count == 4)
        guard case .user(let parts) = last.last, case .text(let again)? = parts.first else {
            Issue.record("The last message is not the user's.")
            return
        }
        #expect(again.contains(problem))
    }

    @Test func `The second reply may be the verdict`() async throws {
        let model = RepliesModel { request in
            request.messages.count == 2 ? "correct, I think" : #"{"reason": "Same.", "verdict": "correct"}"#
        }
        let verdict = try #require(try await Judge(model).judge(Self.item, by: .correctness))
        #expect(verdict.score == 1 && verdict.failure == nil)
    }

    @Test func `An item that the model cannot read is a failure; a wrong key ends the work`() async throws {
        let long = Judge(RepliesModel { _ in throw LanguageModelError(.contextTooLong, "Too long by 7 tokens.") })
        let verdict = try #require(try await long.judge(Self.item, by: .relevance))
        #expect(verdict.failure == "Too long by 7 tokens.")
        let locked = Judge(RepliesModel { _ in throw LanguageModelError(.authentication, "The key is wrong.") })
        await #expect(throws: LanguageModelError.self) { _ = try await locked.judge(Self.item, by: .relevance) }
        let cancelled = Judge(RepliesModel { _ in throw CancellationError() })
        await #expect(throws: CancellationError.self) { _ = try await cancelled.judge(Self.item, by: .relevance) }
    }

    @Test func `Only what there is something to compare with is judged`() async throws {
        let judge = Judge(RepliesModel { _ in "" })
        let bare = JudgeItem(id: "b", question: "q", answer: "a")
        for criterion in [JudgeCriterion.correctness, .faithfulness, .citations] {
            #expect(try await judge.judge(bare, by: criterion) == nil)
        }
        #expect(JudgeCriterion.relevance.applies(to: bare))
    }

    @Test func `A judge sees what its criterion needs, and passages only up to a limit`() {
        func names(_ criterion: JudgeCriterion, bytes: Int = 1_000) -> [String] {
            JudgeMaterial(Self.item, for: criterion, salt: "", passageBytes: bytes).pieces.map(\.name)
        }
        #expect(names(.correctness) == ["question", "golden answer 1", "answer"])
        #expect(names(.faithfulness) == ["question", "passage 1", "passage 2", "answer"])
        #expect(names(.relevance) == ["question", "answer"])
        #expect(names(.faithfulness, bytes: 5) == ["question", "passage 1", "answer"])
        let whole = Self.item.passages.joined().utf8.count
        #expect(!JudgeMaterial(Self.item, for: .citations, salt: "", passageBytes: whole).isCut)
        #expect(JudgeMaterial(Self.item, for: .citations, salt: "", passageBytes: whole - 1).isCut)
        var accented = Self.item
        accented.passages = ["éé"]
        let cut = JudgeMaterial(accented, for: .citations, salt: "", passageBytes: 3)
        #expect(cut.pieces[1].text == "é" && cut.isCut)
    }

    @Test func `The request asks for the form, and its first message is the same for all items`() {
        let prompt = JudgePrompt(.correctness)
        let material = JudgeMaterial(Self.item, for: .correctness, salt: "0", passageBytes: 100)
        let request = Judge.request(prompt, material, maxOutputTokens: 300, seed: 3)
        #expect(request.responseFormat == .jsonSchema(name: "verdict", schema: prompt.schema))
        #expect(request.messages.first == .system(prompt.system))
        #expect(!prompt.system.contains(material.code))
        #expect(request.seed == 3 && request.temperature == 0)
    }

    /// A change of a prompt voids audits: it should not happen by accident.
    @Test(arguments: zip(JudgeCriterion.allCases, JudgeTests.versions))
    func `The words of a prompt are those that were looked at`(criterion: JudgeCriterion, version: String) {
        #expect(JudgePrompt(criterion).version == version)
    }

    static let versions = [
        "correctness-3b920186df29", "faithfulness-775bd3837444", "relevance-d420d1814d06", "citations-ebac7fcf3a9e",
    ]

    @Test func `A failure counts as the worst score, and its rate is said`() {
        let scores = JudgeScores(
            .correctness,
            [
                JudgeVerdict(id: "a", criterion: .correctness, score: 1),
                JudgeVerdict(id: "b", criterion: .correctness, score: 0.5),
                JudgeVerdict(id: "c", criterion: .correctness, failure: "The judge was silent."),
            ])
        #expect(scores.scores == [1, 0.5, 0])
        #expect(scores.mean == 0.5)
        #expect(scores.failures == 1)
        #expect(scores.failureRate == 1.0 / 3)
        #expect(JudgeScores(.correctness, []).mean == nil)
    }

    @Test func `Objects are found in any text, and nonsense costs little`() {
        #expect(EmbeddedObjects.all(in: #"a {"b": "}{"} c {"d": {"e": 1}}"#).count == 2)
        #expect(EmbeddedObjects.all(in: String(repeating: "{", count: 100_000)).isEmpty)
        #expect(EmbeddedObjects.all(in: String(repeating: "{\"a\":", count: 10_000)).isEmpty)
        #expect(EmbeddedObjects.all(in: "").isEmpty)
    }
}
