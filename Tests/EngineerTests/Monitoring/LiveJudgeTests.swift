import Base
import Foundation
import LanguageModels
import RAG
import Statistics
import Storage
import TestSupport
import Testing

@testable import Engineer

@Suite struct LiveJudgeTests {
    /// Finds that a passage says it, unless the answer ends in "?".
    private static let model = ScriptedLanguageModel { request in
        guard case .user(let parts) = request.messages[1], case .text(let text)? = parts.first else {
            throw LanguageModelError(.request, "no text")
        }
        let answer = text.split(separator: "\n").last { $0.hasPrefix("> answer ") } ?? ""
        let word = answer.hasSuffix("?") ? "unsupported" : "supported"
        return LanguageModelResponse(
            message: AssistantMessage(text: "{\"reason\": \"because\", \"verdict\": \"\(word)\"}"), stopReason: .stop,
            usage: TokenUsage(inputTokens: 5, outputTokens: 1))
    }

    private func with(
        audited: Bool = true, _ body: (Project, ServiceDatabase) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            try Data("documents: ['*.md']\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let project = try Project(opening: folder)
            if audited {
                let pairs = (0..<40).map { number in
                    JudgeAudit.Pair(
                        id: "\(number)", hash: ContentHash(of: "\(number)"), label: number < 30 ? 1 : 0,
                        judged: number < 34 ? 1 : 0)
                }
                try JudgeAuditFile(project).keep(
                    JudgeAudit(
                        criterion: .faithfulness, judge: ModelName(identity: Self.model.identity).text,
                        prompt: JudgePrompt(.faithfulness).version, date: "2026-11-22", pairs: pairs))
            }
            try await body(project, try ServiceDatabase(path: folder + "/.neo/service.db"))
        }
    }

    private func offer(_ number: Int, _ answer: String = "> answer", writer: String? = nil) -> LiveJudge.Offer {
        LiveJudge.Offer(
            JudgeItem(id: "r\(number)", question: "q", answer: "answer \(number)\(answer)", passages: ["A passage."]),
            release: 3, writer: writer)
    }

    @Test func `a judge that nobody compared with people judges no live answers`() async throws {
        try await with(audited: false) { project, database in
            #expect {
                _ = try LiveJudge(Judge(Self.model), of: project, database: database, perDay: 5)
            } throws: { error in
                sentence(for: error).contains("judges no live answers. No audit has compared this judge with people")
            }
        }
    }

    @Test func `so many a day are judged, none that the judge wrote, and what people would say stands beside it`()
        async throws
    {
        try await with { project, database in
            let world = ServiceWatchTests.World()
            let judge = try LiveJudge(
                Judge(Self.model), of: project, database: database, perDay: 4, time: world.time)
            #expect(try await !judge.judge(offer(0, writer: Self.model.identity)))
            for number in 1...6 {
                #expect(try await judge.judge(offer(number, number == 2 ? "?" : ".")) == (number <= 4))
            }
            world.pass(86_401)
            #expect(try await judge.judge(offer(7, ".")))
            let rows = try await database.judgements(since: 0)
            #expect(rows.map(\.request) == ["r1", "r2", "r3", "r4", "r7"])
            #expect(rows.map(\.score) == [1, 0, 1, 1, 1] && rows.allSatisfy { $0.release == 3 })
            let judged = try #require(try await LiveJudgement.of(database, in: project, at: world.now))
            #expect(judged.judged == 5 && judged.failed == 0 && judged.mean == 0.8)
            // The judge found four of forty right that people found wrong.
            let people = try #require(judged.corrected)
            #expect(people.estimate < 0.8 && people.lower < people.estimate)
            #expect(judged.text.hasPrefix("faithfulness 0.800 by "))
            // The audit is void once another judge was audited: then nothing is corrected.
            try JudgeAuditFile(project).keep(
                JudgeAudit(
                    criterion: .faithfulness, judge: "another", prompt: JudgePrompt(.faithfulness).version,
                    date: "2026-11-22", pairs: []))
            #expect(try await LiveJudgement.of(database, in: project, at: world.now)?.corrected == nil)
        }
    }
}
