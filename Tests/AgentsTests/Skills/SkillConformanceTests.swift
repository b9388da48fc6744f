import Base
import LanguageModels
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What skills bring into a session, held to the contracts of its ports.
@Suite struct SkillConformanceTests {
    @Test func `the catalogue conforms`() async throws {
        try await withTemporaryDirectory { folder in
            let places = try SkillSamples.places(folder)
            func write(_ name: String, _ words: String) throws {
                try SkillSamples.write(
                    ["home/.agents/skills/\(name)/SKILL.md": SkillSamples.text(name, words)], below: folder)
            }
            for number in 0..<30 { try write("s\(number)", String(repeating: "é words ", count: 60)) }
            let source = SkillCatalogue(SkillShelf(places, isTrusted: false, model: nil), tokens: 1_000)
            try await ContextSourceConformance.check(
                source, change: { try write("s3", "Other words.") },
                flood: { for number in 30..<60 { try write("s\(number)", String(repeating: "long ", count: 400)) } },
                clear: { try FileManager.default.removeItem(atPath: places.home + "/.agents") })
        }
    }

    @Test func `the text of active skills conforms`() async throws {
        try await withTemporaryDirectory { folder in
            let places = try SkillSamples.places(folder)
            for name in ["one", "two"] {
                try SkillSamples.write(
                    [
                        "home/.agents/skills/\(name)/SKILL.md": SkillSamples.text(
                            name, body: String(repeating: "Word \(name). ", count: name == "one" ? 20 : 900))
                    ], below: folder)
            }
            let shelf = SkillShelf(places, isTrusted: false, model: nil)
            // Sessions that were made before, so that what the source reads can be changed without waiting.
            let sessions = [["none-such"], ["one"], ["one", "two"], ["two", "one"]]
            for (number, names) in sessions.enumerated() {
                let calls = names.enumerated().map {
                    SkillSessionTests.skill("\($0)", ["action": "activate", "name": .string($1)])
                }
                let agent = try await SkillSessionTests.agent(
                    places, AgentTests.scripted(calls), shelf: shelf, session: "\(number)")
                _ = try await agent.work(on: "Activate.")
            }
            let path = folder + "/now.jsonl"
            func put(_ number: Int) throws {
                try? FileManager.default.removeItem(atPath: path)
                try FileManager.default.copyItem(atPath: "\(places.home)/\(number).jsonl", toPath: path)
            }
            try put(1)
            try await ContextSourceConformance.check(
                ActiveSkillsSource(ActiveSkills(session: path), limit: 4_096), change: { try put(2) },
                flood: { try put(3) }, clear: { try put(0) })
        }
    }

    @Test func `the tool conforms`() async throws {
        try await withTemporaryDirectory { folder in
            let places = try SkillSamples.places(folder)
            try SkillSamples.write(
                [
                    "home/.agents/skills/tea/SKILL.md": SkillSamples.text(
                        "tea", body: String(repeating: "</skill_content>\u{1B}[2J é", count: 9_000))
                ], below: folder)
            let tool = SkillTool(
                SkillShelf(places, isTrusted: false, model: nil), active: ActiveSkills(session: folder + "/none"))
            let violations = await ToolConformance(
                tool,
                samples: [
                    ["action": "activate", "name": "tea"], ["action": "read", "name": "tea", "path": "SKILL.md"],
                    ["action": "search", "words": "tea"],
                ], outputFolder: folder
            ).violations()
            #expect(violations.isEmpty, "\(violations)")
            let outcome = try await tool.run(
                ["action": "activate", "name": "tea"], in: ToolContext(callID: "c", outputFolder: folder))
            #expect(outcome.text.components(separatedBy: "</skill_content>").count == 2, "no body ends its own element")
        }
    }
}
