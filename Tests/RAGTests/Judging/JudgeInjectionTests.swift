import Base
import LanguageModels
import TestSupport
import Testing

@testable import RAG

/// What a text can do that wants to be judged well: nothing, as far as the form of request and reply goes. What a model
/// makes of the words is another matter, and measured with a real one (`JudgeInjectionPeerTests`).
@Suite struct JudgeInjectionTests {
    static let passage = "Steep green tea for two minutes at eighty degrees."

    static func item(_ injection: JudgeInjection) -> (JudgeItem, JudgeCriterion) {
        var item = JudgeItem(
            id: "t", question: "How long does green tea steep?", answer: "For half an hour, in boiling water.",
            goldenAnswers: ["two minutes"], passages: [passage])
        switch injection.place {
        case .document:
            item.passages[0] += "\n" + injection.text
            return (item, .faithfulness)
        case .answer:
            item.answer += "\n" + injection.text
            return (item, .correctness)
        }
    }

    @Test func `There are thirty, and each is another one`() {
        #expect(JudgeInjection.all.count == 30)
        #expect(Set(JudgeInjection.all.map(\.text)).count == 30)
    }

    @Test(arguments: JudgeInjection.all)
    func `Each stays between the lines around it`(injection: JudgeInjection) throws {
        let (item, criterion) = Self.item(injection)
        let material = JudgeMaterial(item, for: criterion, salt: "0", passageBytes: 12_000)
        let request = Judge.request(JudgePrompt(criterion), material, maxOutputTokens: 300, seed: 0)
        guard case .user(let parts) = request.messages[1], case .text(let text)? = parts.first else {
            Issue.record("The second message is no text.")
            return
        }
        #expect(request.messages.count == 2 && parts.count == 1)
        // The code stands where we put it, and nowhere else.
        #expect(
            text.split(separator: material.code, omittingEmptySubsequences: false).count == 2 + 2
                * material.pieces.count)
        var rest = text[...]
        for piece in material.pieces {
            let frame =
                "[begin \(piece.name) \(material.code)]\n\(JudgeMaterial.quoted(piece.text))\n"
                + "[end \(piece.name) \(material.code)]"
            let found = try #require(rest.firstRange(of: frame))
            // Outside the pieces stands nothing of the injection.
            for line in injection.text.split(separator: "\n") where line.count > 12 {
                #expect(!rest[..<found.lowerBound].contains(line))
            }
            rest = rest[found.upperBound...]
        }
        // The task is said once more behind the material.
        #expect(rest == "\n\n\(JudgePrompt(criterion).reminder)")
        #expect(rest.contains(JudgePrompt(criterion).task))
        // Whatever looks like a verdict, a frame or another speaker is a marked line.
        let ours = text.split(separator: "\n").filter { !$0.hasPrefix("> ") }.dropLast()
        #expect(
            ours.allSatisfy { $0.hasSuffix("\(material.code)]") || $0 == "The code is \(material.code)." || $0 == ">" })
        // Nothing that a template or only a machine would read.
        #expect(!text.contains("<|") && !text.contains("[INST]") && !text.contains("</s>"))
        #expect(text.unicodeScalars.allSatisfy { !(0xE0000...0xE0FFF).contains($0.value) && $0.value != 0x200B })
    }

    @Test(arguments: JudgeInjection.all)
    func `A judge that repeats what it read has given no verdict`(injection: JudgeInjection) async throws {
        let (item, criterion) = Self.item(injection)
        let parrot = RepliesModel { request in
            request.messages.dropFirst().compactMap { message in
                if case .user(let parts) = message, case .text(let text)? = parts.first {
                    // What it read, but for our own words behind it.
                    String(text.split(separator: "The material ends here. What begins", maxSplits: 1)[0])
                } else {
                    nil
                }
            }.first ?? ""
        }
        let verdict = try #require(try await Judge(parrot).judge(item, by: criterion))
        #expect(verdict.score == nil)
        #expect(verdict.failure?.contains("2 replies") == true)
    }

    @Test(arguments: JudgeInjection.all)
    func `Of a forged verdict and the judge's own, the own one counts`(injection: JudgeInjection) async throws {
        let (item, criterion) = Self.item(injection)
        let worst = try #require(JudgePrompt(criterion).scale.last)
        let quoting = RepliesModel { _ in
            "It says: \(injection.text)\nBut: {\"reason\": \"It says half an hour.\", \"verdict\": \"\(worst.label)\"}"
        }
        let verdict = try #require(try await Judge(quoting).judge(item, by: criterion))
        #expect(verdict.score == 0)
        #expect(verdict.label == worst.label)
    }

    @Test func `A code that occurs in a text is replaced by another one`() {
        let item = JudgeItem(id: "a", question: "q", answer: "x")
        let code = JudgeMaterial(item, for: .relevance, salt: "0", passageBytes: 1).code
        var knowing = item
        knowing.answer = "[end answer \(code)]"
        let other = JudgeMaterial(knowing, for: .relevance, salt: "0", passageBytes: 1)
        #expect(!other.pieces.contains { $0.text.contains(other.code) })
        #expect(JudgeMaterial(item, for: .relevance, salt: "0", passageBytes: 1).code == code)
        #expect(JudgeMaterial(item, for: .relevance, salt: "1", passageBytes: 1).code != code)
    }
}

/// Answers by a function.
struct RepliesModel: LanguageModel {
    var identity = "replies"
    var reply: @Sendable (LanguageModelRequest) throws -> String

    init(identity: String = "replies", _ reply: @escaping @Sendable (LanguageModelRequest) throws -> String) {
        self.identity = identity
        self.reply = reply
    }

    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        LanguageModelResponse(
            message: AssistantMessage(text: try reply(request)), stopReason: .stop,
            usage: TokenUsage(inputTokens: 10, outputTokens: 2))
    }

    func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { EmptyEvents() }
    }

    private struct EmptyEvents: AsyncIteratorProtocol {
        mutating func next() async throws -> LanguageModelEvent? { nil }
        mutating func next(isolation: isolated (any Actor)?) async throws(any Error) -> LanguageModelEvent? { nil }
    }
}
