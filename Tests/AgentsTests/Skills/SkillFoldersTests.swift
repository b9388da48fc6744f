import TestSupport
import Testing

@testable import Agents

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finding skills, also where somebody wants to lead elsewhere.
@Suite struct SkillFoldersTests {
    @Test func `a project's skill counts before the user's, and that is said`() async throws {
        try await withTemporaryDirectory { folder in
            let places = try SkillSamples.places(folder)
            try SkillSamples.write(
                [
                    "w/skills/tea/SKILL.md": SkillSamples.text("tea", "The project's."),
                    "w/.claude/skills/group/pot/SKILL.md": SkillSamples.text("pot"),
                    "w/.neo/skills/cup/SKILL.md": SkillSamples.text("cup"),
                    "home/.agents/skills/tea/SKILL.md": SkillSamples.text("tea", "The user's."),
                    "home/.config/neo/skills/lid/SKILL.md": SkillSamples.text("lid"),
                    "w/skills/node_modules/x/SKILL.md": SkillSamples.text("x"),
                    "w/skills/.git/y/SKILL.md": SkillSamples.text("y"),
                    "w/skills/tea/inner/SKILL.md": SkillSamples.text("inner"),
                ], below: folder)
            let found = places.folders.find()
            #expect(found.skills.map(\.name) == ["cup", "lid", "pot", "tea"])
            #expect(found.skills.last?.matter.description == "The project's.")
            #expect(found.remarks.contains { $0.contains("home/.agents/skills/tea has the name of") })
        }
    }

    @Test func `links, FIFOs and depth lead nowhere`() async throws {
        try await withTemporaryDirectory { folder in
            let places = try SkillSamples.places(folder)
            try SkillSamples.write(
                [
                    "elsewhere/evil/SKILL.md": SkillSamples.text("evil"),
                    "elsewhere/skills/worse/SKILL.md": SkillSamples.text("worse"),
                    "w/skills/good/SKILL.md": SkillSamples.text("good"),
                    "w/skills/a/b/c/d/e/f/g/SKILL.md": SkillSamples.text("deep"), "secret": "TOKEN",
                ], below: folder)
            let files = FileManager.default
            try files.createSymbolicLink(atPath: folder + "/w/skills/link", withDestinationPath: "../../elsewhere/evil")
            try files.createDirectory(atPath: folder + "/w/skills/linked", withIntermediateDirectories: false)
            try files.createSymbolicLink(
                atPath: folder + "/w/skills/linked/SKILL.md", withDestinationPath: "../../../secret")
            try files.createSymbolicLink(atPath: folder + "/w/.agents", withDestinationPath: "../elsewhere")
            try files.createSymbolicLink(
                atPath: folder + "/w/skills/good/secret", withDestinationPath: "../../../secret")
            try files.createDirectory(atPath: folder + "/w/skills/fifo", withIntermediateDirectories: false)
            #expect(mkfifo(folder + "/w/skills/fifo/SKILL.md", 0o600) == 0)
            let found = places.folders.find()
            #expect(found.skills.map(\.name) == ["good"])
            for word in ["link is a link", ".agents is a link", "linked is passed over", "fifo is passed over"] {
                #expect(found.remarks.contains { $0.contains(word) }, "\(word): \(found.remarks)")
            }
            let entry = try SkillShelf(places, isTrusted: true, model: nil).entry("good")
            #expect(
                entry.withheld == .unreadable("secret is a link. A skill has files of its own: copy what it leads to."))
        }
    }

    @Test func `front matter is read leniently, and only what says nothing is passed over`() throws {
        func read(_ text: String) throws -> (matter: SkillFrontMatter, body: String, remarks: [String]) {
            try SkillFrontMatter.read(text, folderName: "folder")
        }
        let colon = try read("---\nname: tea\ndescription: Use when: it's cold.\n---\nBody\n")
        #expect(
            colon.matter.description == "Use when: it's cold." && colon.body == "Body\n" && colon.remarks.count == 2)
        let odd = try read("---\nversion: 2\ndescription: x\nallowed-tools: [a, b]\nmetadata: {k: v}\n---\n")
        #expect(odd.matter.name == "folder" && odd.matter.allowedTools == "a b" && odd.matter.metadata == ["k": "v"])
        for bad in [
            "", "no matter", "---\nname: x\n---\n", "---\n\"\n---\n", "---\nname: x\ndescription: y\n",
            "---\n\(String(repeating: "[", count: 9_000))\n---\n",
        ] {
            #expect(throws: AgentsError.self) { try read(bad) }
        }
    }
}
