import Base
import FoundationEssentials
import LanguageModels
import RAG
import Statistics
import TestSupport
import Testing

@testable import Engineer

@Suite struct JudgeAuditTests {
    /// Says "correct" of answers that end in "!", nothing of those that end in "?", and "incorrect" of others.
    private struct Marks: LanguageModel {
        var identity = "chat:http://127.0.0.1:7/v1/marks"

        func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
            guard case .user(let parts) = request.messages[1], case .text(let text)? = parts.first else {
                throw LanguageModelError(.request, "no text")
            }
            let answer = text.split(separator: "\n").last { $0.hasPrefix("> answer ") } ?? ""
            let word = answer.hasSuffix("!") ? "correct" : "incorrect"
            let reply = answer.hasSuffix("?") ? "hm" : "{\"reason\": \"because\", \"verdict\": \"\(word)\"}"
            return LanguageModelResponse(
                message: AssistantMessage(text: reply), stopReason: .stop,
                usage: TokenUsage(inputTokens: 5, outputTokens: 1))
        }

        func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
            LanguageModelStream { Nothing() }
        }

        private struct Nothing: AsyncIteratorProtocol {
            mutating func next() async throws -> LanguageModelEvent? { nil }
            mutating func next(isolation: isolated (any Actor)?) async throws(any Error) -> LanguageModelEvent? { nil }
        }
    }

    private static func answer(
        _ id: Int, _ mark: String, label: Double? = nil, writer: String? = nil
    ) -> JudgedAnswer {
        JudgedAnswer(
            JudgeItem(id: "q\(id)", question: "Question \(id)", answer: "answer \(id)\(mark)", goldenAnswers: ["g"]),
            writer: writer, label: label)
    }

    /// 18 right and found right, 2 right and found wrong, 15 wrong and found wrong, 4 wrong and found right, and one wrong
    /// of which the judge says nothing.
    private static let labelled =
        (0..<18).map { answer($0, "!", label: 1) } + (18..<20).map { answer($0, ".", label: 1) }
        + (20..<35).map { answer($0, ".", label: 0) } + (35..<39).map { answer($0, "!", label: 0) }
        + [answer(39, "?", label: 0)]

    private static func auditing(_ model: Marks = Marks(), repetitions: Int = 2) -> JudgeAuditing {
        JudgeAuditing(
            Judge(model), criterion: .correctness, repetitions: repetitions,
            time: TimeSource(now: { .init(timeIntervalSince1970: 0) }, nanoseconds: { 0 }))
    }

    @Test func `An audit counts agreement, errors of both kinds, failures and bias`() async throws {
        let outcome = try await Self.auditing().run(labelled: Self.labelled)
        let audit = outcome.audit
        #expect(audit.judge == "marks" && audit.date == "1970-01-01")
        #expect(audit.prompt == JudgePrompt(.correctness).version)
        #expect(audit.agreement?.estimate == 34.0 / 40)
        #expect(audit.falsePositiveRate?.estimate == 4.0 / 20)
        #expect(audit.falseNegativeRate?.estimate == 2.0 / 20)
        #expect(abs(try #require(audit.kappa).estimate - 0.7) < 1e-12)
        #expect(abs(try #require(audit.bias).estimate - 2.0 / 40) < 1e-12)
        #expect(audit.failureRate == 1.0 / 40)
        // All verdicts are equal, but for the one that failed twice.
        #expect(audit.repeatability == 39.0 / 40)
        #expect(outcome.judged == 22.0 / 40)
        #expect(outcome.corrected.estimate == 0.5 && outcome.weight == 0)
        #expect(outcome.text.contains("from the labels alone"))
    }

    @Test func `Further answers count by the judge's scores, corrected; none is counted twice`() async throws {
        let others = (100..<160).map { Self.answer($0, $0 < 148 ? "!" : ".") }
        let outcome = try await Self.auditing(repetitions: 1)
            .run(labelled: Self.labelled, others: others + Self.labelled.prefix(5))
        #expect(outcome.unlabelled == 60)
        #expect(outcome.verdicts.count == 100)
        #expect(outcome.audit.repeatability == nil)
        #expect(outcome.weight > 0.2)
        // The judge finds 80 % of the others right; it is a little too kind.
        #expect(outcome.corrected.estimate > 0.5 && outcome.corrected.estimate < 0.8)
        #expect(outcome.corrected.lower < outcome.corrected.estimate)
        #expect(outcome.text.contains("40 labels and the judge's scores of 60 further answers"))
    }

    @Test func `Too few labels, and a judge of its own answers, are refused`() async throws {
        let few = await #expect(throws: EngineerError.self) {
            try await Self.auditing().run(labelled: Array(Self.labelled.prefix(29)))
        }
        #expect(few?.message.contains("There are 29 labels") == true)
        let own = Self.labelled + [Self.answer(50, "!", writer: "chat:https://a.org/v1/marks")]
        await #expect(throws: RAGError.self) { try await Self.auditing().run(labelled: own, others: own) }
        var labelledOwn = Self.labelled
        labelledOwn[0].writer = "marks"
        let outcome = try await Self.auditing().run(labelled: labelledOwn, insists: true)
        #expect(outcome.audit.judgedOwnAnswers)
        #expect(outcome.text.contains("wrote answers itself"))
    }

    @Test func `An audit is kept, and void when the judge or its prompt is another one`() async throws {
        try await withTemporaryDirectory { folder async throws in
            try writeTestFile("documents: [\"*.md\"]\n", to: folder + "/neo.yaml")
            let file = JudgeAuditFile(try Project(opening: folder))
            let prompt = JudgePrompt(.correctness).version
            func standing(_ judge: String, _ prompt: String) throws -> JudgeAuditFile.Standing {
                try file.standing(of: judge, prompt: prompt, criterion: .correctness)
            }
            guard case .unaudited(let none) = try standing("marks", prompt) else {
                Issue.record("There is an audit.")
                return
            }
            #expect(none.contains("neo judge audit"))
            let audit = try await Self.auditing().run(labelled: Self.labelled).audit
            try file.keep(audit)
            #expect(try standing("marks", prompt) == .audited(audit))
            for (judge, version, word) in [("other", prompt, "another judge"), ("marks", "correctness-x", "prompt")] {
                guard case .unaudited(let reason) = try standing(judge, version) else {
                    Issue.record("The audit holds.")
                    continue
                }
                #expect(reason.contains(word) && reason.contains("void"))
            }
            try writeTestFile("{", to: folder + "/judge-audit.json")
            #expect(throws: EngineerError.self) { try standing("marks", prompt) }
        }
    }
}
