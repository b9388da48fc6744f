import Base
import Foundation
import Storage
import TestSupport
import Testing

@testable import Engineer

@Suite struct ApprovalsTests {
    private static let moment = Date(timeIntervalSince1970: 1_700_000_000)
    private static let requirements = """
        # Requirements

        ## Requirements

        ### R1

        When a question comes, the service shall answer within 800 ms.

        - metric: latency p95
        - test: ≤ 800 ms
        - measured by: golden questions
        - source: Ada

        """

    private func withProject<Result>(
        _ body: (Project, Approvals, (String, String) throws -> Void) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { folder async throws in
            let write = { (name: String, text: String) in
                try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
            }
            try write("neo.yaml", "documents: [d.md]\n")
            try write("requirements.md", Self.requirements)
            let project = try Project(opening: folder)
            return try await body(project, Approvals(project), write)
        }
    }

    private func approve(_ approvals: Approvals, _ kind: ReviewedDocument.Kind, how: ApprovalWay = .terminal)
        async throws
    {
        let seen = try #require(try await approvals.standing(of: kind).hash)
        try await approvals.approve(kind, seen: seen, who: "Ada", how: how, at: Self.moment)
    }

    @Test func `an approval holds until a byte changes, and the change is told by fields`() async throws {
        try await withProject { project, approvals, write async throws in
            #expect(try await approvals.standing(of: .requirements).state == .unapproved)
            #expect(try await approvals.standing(of: .design).state == .absent)
            #expect(!FileManager.default.fileExists(atPath: project.databasePath), "looking makes no database")
            try await approve(approvals, .requirements)
            let standing = try await approvals.standing(of: .requirements)
            #expect(standing.state == .approved && standing.approval?.who == "Ada" && standing.changes.isEmpty)
            #expect(standing.sentence == "requirements.md was approved by Ada on 2023-11-14, at a terminal.")

            try write("requirements.md", Self.requirements.replacing("≤ 800", with: "≤ 900"))
            let changed = try await approvals.standing(of: .requirements)
            #expect(changed.state == .changed && changed.changes == ["R1 threshold: 800 -> 900"])
            // Back again is what was approved.
            try write("requirements.md", Self.requirements)
            #expect(try await approvals.standing(of: .requirements).state == .approved)
        }
    }

    @Test func `blanks alone are a change, too, and shown as lines`() async throws {
        try await withProject { _, approvals, write async throws in
            try await approve(approvals, .requirements)
            try write("requirements.md", Self.requirements + "\n\n")
            let changed = try await approvals.standing(of: .requirements)
            #expect(changed.state == .changed && !changed.changes.isEmpty)
        }
    }

    @Test func `what changed while somebody read it is not approved`() async throws {
        try await withProject { _, approvals, write async throws in
            let seen = try #require(try await approvals.standing(of: .requirements).hash)
            try write("requirements.md", Self.requirements + "more\n")
            let failure = await #expect(throws: EngineerError.self) {
                try await approvals.approve(
                    .requirements, seen: seen, who: "Ada", how: .browser, at: Self.moment)
            }
            #expect(failure?.message.contains("changed while you were reading") == true)
            #expect(try await approvals.standing(of: .requirements).approvals.isEmpty)
        }
    }

    @Test func `nothing begins on an unapproved document unless it is said, and then it is stated`() async throws {
        try await withProject { _, approvals, write async throws in
            let failure = await #expect(throws: EngineerError.self) {
                try await approvals.statement(allowsUnapproved: false)
            }
            #expect(failure?.code == .unapproved && failure?.message.contains("neo approve requirements") == true)
            let stated = try #require(try await approvals.statement(allowsUnapproved: true))
            #expect(stated.warning?.contains("requirements.md, which nobody had approved") == true)

            try await approve(approvals, .requirements)
            #expect(try await approvals.statement(allowsUnapproved: false)?.warning == nil)
            try write("design.md", "# Design\n")
            let design = await #expect(throws: EngineerError.self) {
                try await approvals.statement(allowsUnapproved: false)
            }
            #expect(design?.message.contains("design.md is not approved yet") == true)
            try await approve(approvals, .design, how: .automated)
            let automated = try #require(try await approvals.statement(allowsUnapproved: false))
            #expect(automated.warning == "design.md: approved by --yes, so nobody read it.")
        }
    }

    @Test func `an empty file that a killed run left is no document, and one that was emptied is changed`() async throws
    {
        try await withProject { _, approvals, write async throws in
            try write("design.md", "")
            #expect(try await approvals.standing(of: .design).state == .absent)
            try await approve(approvals, .requirements)
            try write("requirements.md", "")
            #expect(try await approvals.standing(of: .requirements).state == .changed)
        }
    }

    @Test func `a project without such documents has nothing to be approved`() async throws {
        try await withProject { project, approvals, _ async throws in
            try FileManager.default.removeItem(atPath: project.path("requirements.md"))
            #expect(try await approvals.statement(allowsUnapproved: false) == nil)
        }
    }

    @Test func `spec.json and requirements.json follow`() async throws {
        try await withProject { project, approvals, _ async throws in
            try await approve(approvals, .requirements)
            let spec = try JSONValue(parsing: try Data(contentsOf: URL(filePath: project.path("spec.json"))))
            #expect(spec["phase"] == "requirements-approved" && spec["ready_for_implementation"] == false)
            #expect(spec["approvals"]?["requirements"]?["by"] == "Ada")
            #expect(spec["approvals"]?["requirements"]?["how"] == "terminal")
            #expect(try RequirementsFile(of: project).differences(in: project).isEmpty)
        }
    }

    @Test func `an approval of before, whose text was not kept, is still an approval`() async throws {
        try await withProject { project, approvals, write async throws in
            try await approve(approvals, .requirements)
            try write("requirements.md", Self.requirements + "more\n")
            // As a database of version 7 has it.
            try FileManager.default.removeItem(atPath: project.databasePath)
            let database = try NeoDatabase(path: project.databasePath)
            try await database.approve(
                ApprovalRecord(
                    document: "requirements.md", hash: String(repeating: "a", count: 64), who: "Bob", how: "dashboard",
                    approved: "2026-01-01T00:00:00Z"), text: "")
            let standing = try await approvals.standing(of: .requirements)
            #expect(standing.state == .changed && standing.sentence.contains("(Bob, 2026-01-01)"))
        }
    }
}
