import Base
import Storage
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct DesignBasisTests {
    private static let before = BuildAcceptanceTests.requirements
    private static let after = before.replacing("= 0", with: "≤ 3")

    /// A design that a person has edited, drawn up from requirements that somebody approved.
    private static func with(_ body: (Project, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            try writeTestFile("documents: [d/*.md]\n", to: folder + "/neo.yaml")
            try writeTestFile("# Tea\n", to: folder + "/d/a.md")
            try writeTestFile(before, to: folder + "/requirements.md")
            try writeTestFile(design(on: ContentHash(of: before).hex), to: folder + "/design.md")
            let project = try Project(opening: folder)
            try await Approvals(project).approve(
                .requirements, seen: ContentHash(of: before).hex, who: "Ada", how: .terminal,
                at: Date(timeIntervalSince1970: 1_700_000_000))
            try await body(project, folder)
        }
    }

    private static func design(on hash: String) -> String {
        "# Design\n\nDrawn up from requirements.md (SHA-256 `\(hash)`).\n\n## Milestones\n\n### M1 A\n\n- does: questions\n"
    }

    @Test func `a design that a person edited says that the requirements are others, what changed, and what to do`()
        async throws
    {
        try await Self.with { project, folder async throws in
            #expect(try await DesignBasis.outdated(project) == nil)
            try writeTestFile(Self.after, to: folder + "/requirements.md")
            let basis = try #require(try await DesignBasis.outdated(project))
            #expect(basis.isEdited && basis.hash == ContentHash(of: Self.before).hex)
            let fields = ["R1 operator: = -> <=", "R1 threshold: 0 -> 3"]
            #expect(basis.changes == fields)

            let status = try await ProjectStatus(FoundProject(folder: folder))
            #expect(fields.allSatisfy(status.text.contains) && status.text.contains("neo design --replace"))
            #expect(status.json["design_basis"]?["changes"]?.array?.count == 2)
            #expect(status.overview.waiting.contains { $0.kind == "design" && $0.place == .document(.design) })
            let refusal = await #expect(throws: EngineerError.self) {
                try await DesignWriter.write(
                    project, ports: BuildAcceptanceTests.ports, allowsUnapproved: true, replaces: false)
            }
            #expect(fields.allSatisfy { refusal?.message.contains($0) == true })

            // Whoever looked says so in the design itself.
            try writeTestFile(Self.design(on: ContentHash(of: Self.after).hex), to: folder + "/design.md")
            #expect(try await DesignBasis.outdated(project) == nil)
        }
    }

    @Test func `of requirements that nobody approved it is said that they were not kept`() async throws {
        try await Self.with { project, folder async throws in
            let unknown = ContentHash(of: "something else").hex
            try writeTestFile(Self.design(on: unknown), to: folder + "/design.md")
            let basis = try #require(try await DesignBasis.outdated(project))
            #expect(basis.changes == nil && basis.words.contains("was not kept"))
            try FileManager.default.removeItem(atPath: folder + "/requirements.md")
            #expect(try await DesignBasis.outdated(project)?.sentence.contains("no requirements.md any more") == true)
        }
    }

    @Test(
        "Only a hash before the first section is one",
        arguments: [
            ("# D\n\nno requirements\n", false), ("# D\n\nrequirements.md (SHA-256 `abc`)\n", false),
            ("# D\n\n## A\n\nrequirements.md (SHA-256 `\(String(repeating: "a", count: 64))`)\n", false),
            ("requirements.md (SHA-256 `\(String(repeating: "A", count: 64))`)\n", true),
        ])
    func named(text: String, isNamed: Bool) {
        #expect(DesignBasis.named(in: text) == (isNamed ? String(repeating: "a", count: 64) : nil))
    }
}
