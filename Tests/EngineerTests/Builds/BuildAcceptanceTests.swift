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

@Suite struct BuildAcceptanceTests {
    private static let moment = Date(timeIntervalSince1970: 1_700_000_000)

    /// A project whose milestone M2 failed at its gate R1, which its documents do not meet.
    static func with(_ body: (Project, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            try writeTestFile("documents: [d/*.md]\n", to: folder + "/neo.yaml")
            try writeTestFile("# Tea\n\nWrite to ada@lovelace.org about it.\n", to: folder + "/d/a.md")
            try writeTestFile(Self.requirements, to: folder + "/requirements.md")
            try writeTestFile(Self.design, to: folder + "/design.md")
            let project = try Project(opening: folder)
            try project.prepareStateFolder()
            _ = try await DocumentSurvey.of(project)
            try await fail("M2", in: project)
            try await body(project, folder)
        }
    }

    /// No model is there.
    static let ports = Workspace.Ports(
        storedModel: { throw EngineerError(code: .project, message: "no model \($0)") },
        modelFolder: { throw EngineerError(code: .project, message: "no model \($0)") }, threads: 1)

    static let requirements = """
        ## Requirements

        ### R1

        The documents shall hold no personal data.

        - metric: documents with personal data
        - test: = 0 documents
        - measured by: the survey
        - source: Ada

        """

    private static let design = """
        ## Milestones

        ### M1 The questions

        - does: questions

        ### M2 The search

        - does: search
        - gate: R1

        """

    private static func fail(_ id: String, in project: Project) async throws {
        let database = try NeoDatabase(path: project.databasePath)
        for milestone in try DesignFile(of: project).milestones {
            var report = MilestoneReport()
            let fails = milestone.id == id
            if fails {
                report.gates = [
                    .init(gate: "R1", holds: false, sentence: "R1 is not met: 1 document.", options: ["edit R1"]),
                    .init(gate: "trials ≥ 9", holds: false, sentence: "trials: 3.", options: ["edit R1", "more"]),
                ]
            }
            let attempt = try await database.beginMilestone(
                milestone.id, fingerprint: try MilestoneFingerprint.of(milestone, in: project),
                design: try DesignFile(of: project).hash, at: moment)
            try await database.endMilestone(
                attempt, fails ? .failed : .passed, seconds: 1, report: try JSONValue(encoding: report), at: moment)
        }
    }

    private static func stopped(_ project: Project) async throws -> MilestoneStanding {
        try #require(try await BuildSession.standing(project)?.stopped)
    }

    @Test func `a failed gate is accepted with a reason, as it was seen, and says where that was`() async throws {
        try await Self.with { project, _ async throws in
            let seen = try await Self.stopped(project)
            #expect(seen.milestone.id == "M2" && seen.unmetRequirements == ["R1"])
            #expect(seen.options == ["edit R1", "more"])
            #expect(seen.words.contains("R1 is not met: 1 document. Nor do these hold: trials ≥ 9."))
            func accept(_ reason: String, _ mark: String) async throws -> MilestoneStanding {
                try await BuildSession.accept(
                    "M2", in: project, seen: mark, who: "Ada", how: .browser, reason: reason, at: Self.moment)
            }
            let long = String(repeating: "a", count: 1001)
            for (reason, mark) in [(" \n", seen.mark), ("enough", "another"), (long, seen.mark)] {
                let failure = await #expect(throws: EngineerError.self) { try await accept(reason, mark) }
                #expect(failure?.code == .invalidRequest)
            }
            #expect(try await Self.stopped(project).mark == seen.mark, "nothing was accepted by those")
            let passed = try await accept("enough for a pilot", seen.mark)
            #expect(passed.state == .passed)
            #expect(passed.words.contains("accepted by Ada, in a browser: enough for a pilot"))
            await #expect(throws: EngineerError.self) { try await accept("twice", passed.mark) }
        }
    }

    @Test func `what was accepted before it was kept how is read still`() throws {
        let report = try JSONValue(
            parsing:
                #"{"figures": {}, "summary": "", "gates": [], "acceptance": {"who": "Ada", "reason": "so", "at": "2"}}"#
        ).decoded(as: MilestoneReport.self)
        #expect(report.acceptance?.words == "accepted by Ada: so")
    }

    @Test func `who waits at a gate goes on when it was accepted, or the documents were changed`() async throws {
        try await Self.with { project, folder async throws in
            let standing = try await Self.stopped(project)
            let stopped = StoppedBuild(standing, in: project)
            #expect(try await stopped.reply(to: .stopped(standing), in: project) == .waits)
            #expect(try await stopped.reply(to: .approve(.requirements), in: project) == .goesOn)
            // Another setting would have all of it built anew, and nobody asked for that.
            try writeTestFile("documents: [d/*.md]\nsearch: {trials: 3}\n", to: folder + "/neo.yaml")
            #expect(try await stopped.reply(to: .build, in: project) == .wouldBeginAgain)
            try writeTestFile("documents: [d/*.md]\n", to: folder + "/neo.yaml")
            try await BuildSession.accept(
                "M2", in: project, who: "Ada", how: .browser, reason: "enough", at: Self.moment)
            #expect(try await stopped.reply(to: .build, in: project) == .goesOn)
        }
        try await Self.with { project, folder async throws in
            let stopped = StoppedBuild(try await Self.stopped(project), in: project)
            try writeTestFile(Self.requirements.replacing("= 0", with: "≤ 1"), to: folder + "/requirements.md")
            #expect(try await stopped.reply(to: .build, in: project) == .goesOn)
        }
    }

    @Test func `a requirement that is not met waits, with or without a build, until it is settled`() async throws {
        try await Self.with { project, folder async throws in
            func waiting() async -> [WaitingItem] {
                await ProjectReader(FoundProject(folder: folder)).overview().waiting.filter {
                    ["gate", "requirement"].contains($0.kind)
                }
            }
            // It is told with the gate at which the build stopped.
            #expect(await waiting().map(\.place) == [.milestone("M2")])
            try await BuildSession.accept(
                "M2", in: project, who: "Ada", how: .browser, reason: "enough", at: Self.moment)
            #expect(await waiting().isEmpty, "a person has decided of it")
            try FileManager.default.removeItem(atPath: folder + "/design.md")
            let item = try #require(await waiting().first)
            #expect(item.kind == "requirement" && item.sentence.hasPrefix("R1 is not met: 1 document"))
            #expect(item.place == .requirement(line: 3))
            #expect(try await ProjectStatus(FoundProject(folder: folder)).json["waiting"]?.array?.count == 2)
            try writeTestFile(Self.requirements.replacing("= 0", with: "≤ 1"), to: folder + "/requirements.md")
            #expect(await waiting().isEmpty)
        }
    }
}
