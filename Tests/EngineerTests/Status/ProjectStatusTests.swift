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

@Suite struct ProjectStatusTests {
    private static let text = """
        ## Requirements

        ### R1

        The index shall read each file that the project names.

        - metric: unread files
        - test: = 0 files
        - measured by: the survey
        - source: Ada

        """

    private static func with(_ body: (Project, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            try writeTestFile("documents: [docs/*.md]\n", to: folder + "/neo.yaml")
            try FileManager.default.createDirectory(atPath: folder + "/docs", withIntermediateDirectories: true)
            try writeTestFile("# Tea\n", to: folder + "/docs/a.md")
            try writeTestFile(text, to: folder + "/requirements.md")
            try await body(try Project(opening: folder), folder)
        }
    }

    @Test func `After an edit of what was approved the changed fields are named, and it has to be approved again`()
        async throws
    {
        try await Self.with { project, folder async throws in
            let found = FoundProject(folder: folder)
            var status = try await ProjectStatus(found)
            #expect(status.approval == nil && status.changes == nil && status.text.contains("not approved yet"))
            _ = try RequirementsFile(of: project).writeJSON(in: project)
            try project.prepareStateFolder()
            let database = try NeoDatabase(path: project.databasePath)
            try await database.approve(
                ApprovalRecord(
                    document: "requirements.md", hash: ContentHash(of: Self.text).hex, who: "Ada", how: "test",
                    approved: "2026-01-01T00:00:00Z"),
                text: Self.text)
            status = try await ProjectStatus(found)
            #expect(status.approval?.who == "Ada" && status.text.contains("approved by Ada on 2026-01-01"))
            #expect(status.obstacles(isStrict: true) == ["not measured: R1"])

            try writeTestFile(Self.text.replacing("= 0 files", with: "≤ 2 files"), to: folder + "/requirements.md")
            status = try await ProjectStatus(found)
            #expect(status.changes?.map(\.words) == ["R1 operator: = -> <=", "R1 threshold: 0 -> 2"])
            #expect(status.text.contains("changed since it was approved, and needs another approval:\n    R1 operator"))
            #expect(status.obstacles(isStrict: true).contains("requirements.md is not approved as it is now"))
            // What was approved is known from the approval alone, whatever became of the file for programs.
            _ = try RequirementsFile(of: project).writeJSON(in: project)
            status = try await ProjectStatus(found)
            #expect(status.changes?.map(\.words) == ["R1 operator: = -> <=", "R1 threshold: 0 -> 2"])
            #expect(status.changes?.map(\.words) == (try await Approvals(project).standing(of: .requirements).changes))
            #expect(try await database.verdicts(of: "R1").map(\.test) == ["≤ 2 files", "= 0 files"])
        }
    }

    @Test func `What the survey counted is met, until the documents are others`() async throws {
        try await Self.with { project, folder async throws in
            _ = try await DocumentSurvey.of(project)
            let found = FoundProject(folder: folder)
            #expect(try await ProjectStatus(found).verdicts.map(\.state) == [.met])
            try writeTestFile("# More tea\n", to: folder + "/docs/b.md")
            let verdict = try #require(try await ProjectStatus(found).verdicts.first)
            #expect(verdict.state == .stale && verdict.sentence.contains("neo interview --status reads them again"))
            #expect(!verdict.isOlderThanText)
        }
    }

    @Test func `Documents are the same by their contents, whatever their times`() async throws {
        try await Self.with { project, folder async throws in
            try project.prepareStateFolder()
            let first = try #require(MeasurementState.files(of: project))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: folder + "/docs/a.md")
            #expect(MeasurementState.files(of: project) == first)
            // In another checkout, deeper in its disk, with another way of naming them.
            try writeTestFile("documents: [\(folder)/docs/*.md]\n", to: folder + "/deep/er/neo.yaml")
            #expect(MeasurementState.files(of: try Project(opening: folder + "/deep/er")) == first)
            try writeTestFile("# Ten\n", to: folder + "/docs/a.md")
            #expect(MeasurementState.files(of: project) != first)
            try FileManager.default.removeItem(atPath: folder + "/docs/a.md")
            #expect(MeasurementState.files(of: project) == nil)
        }
    }

    @Test func `A question's page is an address, whatever its id holds`() async throws {
        try await Self.with { _, folder async throws in
            var measured = MeasuredValue(value: 1, basis: .heldOut, count: 1, noun: "question", measured: "2026")
            measured.study = "0123"
            let verdict = RequirementVerdict(
                of: Requirement(id: "R1", text: "", criterion: Criterion(.atLeast, 1)), .success(measured))
            let page = verdict.page(of: FoundProject(folder: folder), question: "a b&c=\"ü\"<")
            #expect(page?.hasSuffix("/studies/0123/question?id=a%20b%26c%3D%22%C3%BC%22%3C") == true, "\(page ?? "")")
        }
    }
}
