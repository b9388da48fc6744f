import Base
import LanguageModels
import Sandbox
import Statistics
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The machinery that measures skills, with models whose answers are scripted: it says nothing of any real skill.
@Suite struct SkillBenchmarkTests {
    private static func evals(_ cases: String) -> String { "{\"skill_name\": \"tea\", \"evals\": [\(cases)]}" }

    private static let cases = evals(
        """
        {"id": "a", "prompt": "Say how hot.", "expected_output": "71 °C", "assertions": ["answer contains: 71", "It is polite."]},
        {"id": "b", "prompt": "Write it.", "files": ["evals/files/pot.txt"], "assertions": ["file hot.txt contains: 71", "command exits 0: grep -q 71 hot.txt && grep -q pot pot.txt"]},
        {"id": "c", "prompt": "Say it again.", "assertions": ["answer contains: 71"]}
        """)

    /// A skill with cases, alone.
    private static func skill(_ folder: String, _ cases: String = cases) throws -> (Skill, SkillContent) {
        try SkillSamples.write(
            [
                "tea/SKILL.md": SkillSamples.text("tea", body: "Heat to 71 °C."), "tea/evals/evals.json": cases,
                "tea/evals/files/pot.txt": "a pot\n", "tea/notes.md": "Notes.",
            ], below: folder)
        return (try SkillFolders.skill(folder + "/tea", .user), try SkillContent(of: folder + "/tea"))
    }

    /// What a model that has the tool `skill` activates, and knows then; `knows` says whether it knows without it.
    private static func model(knows: Bool = false, learns: Bool = true) -> ScriptedLanguageModel {
        ScriptedLanguageModel { request in
            let results = request.messages.compactMap { message -> String? in
                guard case .tool(let result) = message else { return nil }
                return result.content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
            }
            func call(_ name: String, _ arguments: JSONValue) -> LanguageModelResponse {
                LanguageModelResponse(
                    model: "m", message: AgentTests.call("c\(results.count)", name, arguments), stopReason: .toolCalls,
                    usage: TokenUsage(inputTokens: 100, outputTokens: 10))
            }
            let hasSkill = request.tools.contains { $0.name == "skill" }
            if hasSkill, results.isEmpty { return call("skill", ["action": "activate", "name": "tea"]) }
            let heat = knows || (learns && results.contains { $0.contains("71 °C") }) ? "71" : "some"
            if results.count == (hasSkill ? 1 : 0) {
                return call("write", ["path": "hot.txt", "content": .string("\(heat) degrees\n")])
            }
            return .text("It is \(heat).")
        }
    }

    private static func run(
        _ folder: String, _ model: any LanguageModel, repeats: Int = 2
    ) async throws -> SkillBenchmark.Result {
        let (skill, content) = try Self.skill(folder)
        let choice = Agent.ModelChoice(name: "m", model: model, window: ContextWindow()) { _ in nil }
        let benchmark = try SkillBenchmark(
            skill, content, model: choice, sandbox: Sandbox.find(), repeats: repeats, limits: AgentLimits())
        return try await benchmark.run(below: folder + "/runs")
    }

    @Test func `a skill that helps is found to help, and all runs are kept`() async throws {
        try await withTemporaryDirectory { folder in
            let result = try await Self.run(folder, Self.model())
            #expect(result.measurement.effect == .helps && result.measurement.lift.estimate > 0.7)
            #expect(result.json["run_summary"]?["with_skill"]?["pass_rate"]?["mean"] == .number(1))
            #expect((result.json["run_summary"]?["delta"]?["tokens"]?.number ?? 0) > 0, "it has its price")
            #expect(result.json["cases"]?.array?.map { $0["activated"]?.integer } == [2, 2, 2])
            #expect(result.json["cases"]?.array?.first?["ungraded"] == 1)
            for arm in ["with_skill", "without_skill"] {
                let place = "\(result.folder)/eval-b/\(arm)/run-2"
                let grading = try JSONValue(parsing: String(contentsOfFile: place + "/grading.json", encoding: .utf8))
                #expect(grading["summary"]?["total"] == 2)
                #expect(grading["summary"]?["pass_rate"]?.number == (arm == "with_skill" ? 1 : 0))
                let timing = try JSONValue(parsing: String(contentsOfFile: place + "/timing.json", encoding: .utf8))
                #expect((timing["total_tokens"]?.integer ?? 0) > 100 && timing["duration_ms"]?.integer != nil)
                #expect(FileManager.default.fileExists(atPath: place + "/outputs/hot.txt"))
            }
            // The cases hold the answers: an agent does not get them.
            let given = "\(result.folder)/eval-a/with_skill/run-1/shown/skills/tea"
            #expect(try FileManager.default.subpathsOfDirectory(atPath: given).sorted() == ["SKILL.md", "notes.md"])
            #expect(try await Self.run(folder, Self.model(), repeats: 1).folder.hasSuffix("iteration-2"))
        }
    }

    @Test(arguments: [true, false])
    func `a skill without lift does not help, and is kept out on that model alone`(knows: Bool) async throws {
        try await withTemporaryDirectory { folder in
            let result = try await Self.run(folder, Self.model(knows: knows, learns: false), repeats: 1)
            #expect(result.measurement.effect == .doesNotHelp && result.measurement.lift.estimate == 0)
            let places = try SkillSamples.places(folder)
            try FileManager.default.createDirectory(
                atPath: places.home + "/.agents/skills", withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: folder + "/tea", toPath: places.home + "/.agents/skills/tea")
            let hash = try SkillContent(of: folder + "/tea").hash
            try SkillResults(places).note(result.measurement, of: hash, on: "m")
            func entry(_ model: String?) throws -> SkillShelf.Entry {
                try SkillShelf(places, isTrusted: false, model: model).entry("tea")
            }
            #expect(try entry("m").withheld == .doesNotHelp)
            #expect(try entry("other").withheld == nil && entry("other").effect == .notMeasured)
            #expect(try entry(nil).withheld == nil)
            // Another content is another skill.
            try SkillSamples.write(["home/.agents/skills/tea/notes.md": "More."], below: folder)
            #expect(try entry("m").withheld == nil)
        }
    }

    @Test(arguments: [
        ("file exists: a.txt", true), ("file exists: none.txt", false), ("file exists: ../secret", false),
        ("file exists: link", false), ("file a.txt contains: TEA", true), ("file a.txt contains: pot", false),
        ("command exits 0: grep -q tea a.txt", true), ("command exits 3: exit 3", true),
        ("command exits 0: cat ../secret", false), ("answer contains: Hot", true), ("answer lacks: hot", false),
        ("answer lacks: cold", true),
    ])
    func `an assertion is judged by what is there, and by nothing outside`(text: String, holds: Bool) async throws {
        try await withTemporaryDirectory { folder in
            try SkillSamples.write(["w/a.txt": "green tea\n", "secret": "TOKEN\n"], below: folder)
            try FileManager.default.createSymbolicLink(atPath: folder + "/w/link", withDestinationPath: "../secret")
            let assertion = try #require(SkillAssertion(text))
            let verdict = try await assertion.judge(
                answer: "It is hot.", workspace: folder + "/w", Sandbox.find())
            #expect(verdict.holds == holds, "\(verdict.evidence)")
        }
    }

    @Test(arguments: [
        "It is polite.", "file exists: ", "command exits x: true", "command exits 999: true", "contains: x",
    ])
    func `what code cannot judge is no assertion`(text: String) { #expect(SkillAssertion(text) == nil) }

    @Test func `the three states follow from the interval`() {
        func effect(_ estimate: Double, _ lower: Double, _ upper: Double) -> SkillEffect {
            let lift = Interval(estimate: estimate, lower: lower, upper: upper, confidence: 0.95)
            return SkillMeasurement(lift: lift, cases: 9, repeats: 3, date: "").effect
        }
        #expect(effect(0.3, 0.1, 0.5) == .helps && effect(0.1, -0.1, 0.3) == .notMeasured)
        #expect(effect(0, -0.1, 0.1) == .doesNotHelp && effect(-0.2, -0.3, -0.1) == .doesNotHelp)
    }

    @Test func `where the model cannot be asked, nothing was measured`() async throws {
        try await withTemporaryDirectory { folder in
            let model = ScriptedLanguageModel { _ in throw LanguageModelError(.unreachable, "Nobody answered.") }
            await #expect(throws: AgentsError.self) { try await Self.run(folder, model) }
            #expect(!FileManager.default.fileExists(atPath: folder + "/runs/iteration-1/benchmark.json"))
        }
    }

    @Test(arguments: [
        ("{", "no JSON"), (#"{"skill_name": "pot", "evals": []}"#, "skill_name"), (evals(""), "a list of"),
        (evals(#"{"id": "../a", "prompt": "x", "assertions": ["answer contains: x"]}"#), "an id of its own"),
        (evals(#"{"id": "a", "prompt": " ", "assertions": ["answer contains: x"]}"#), "no prompt"),
        (evals(#"{"id": "a", "prompt": "x", "assertions": ["It is good."]}"#), "no assertion that code can judge"),
        (
            evals(#"{"id": "a", "prompt": "x", "files": ["../../etc/passwd"], "assertions": ["answer contains: x"]}"#),
            "does not have"
        ),
    ])
    func `wrong cases get a sentence`(cases: String, words: String) async throws {
        try await withTemporaryDirectory { folder in
            let (skill, content) = try Self.skill(folder, cases)
            let error = #expect(throws: AgentsError.self) { try SkillEvals(skill, content) }
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
    }
}
