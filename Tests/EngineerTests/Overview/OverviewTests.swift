import Base
import RAG
import Storage
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct OverviewTests {
    private static let rows = """
        {"id": "a", "question": "One?", "answers": ["1"], "note": "mine", "evidence": [{"document": "d.md", "quote": "one"}]}

        {"id": "b",   "question": "Two?", "answers": ["2"], "evidence": [{"document": "d.md", "quote": "two"}]}
        """

    private func project<Result>(_ body: (Project, (String, String) throws -> Void) async throws -> Result) async throws
        -> Result
    {
        try await withTemporaryDirectory { folder async throws in
            let write = { (name: String, text: String) in
                try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
            }
            try write("neo.yaml", "documents: [d.md]\n")
            try write("golden.jsonl", Self.rows)
            return try await body(try Project(opening: folder), write)
        }
    }

    @Test func `an edited question changes its row only, and keeps fields that nobody knows`() async throws {
        try await project { project, _ async throws in
            let rows = try #require(try GoldenRows.read(project))
            var edit = GoldenEdit(
                id: "a", seen: rows.hash, question: "Uno?", answers: ["1", "one"], isAnswerable: true, type: nil)
            try edit.apply(to: project)
            let lines = try String(contentsOfFile: project.path("golden.jsonl"), encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 3 && lines[1].isEmpty)
            #expect(lines[2] == Self.rows.split(separator: "\n").last!)
            let row = try JSONValue(parsing: String(lines[0]))
            #expect(row["question"] == "Uno?" && row["note"] == "mine" && row["answers"] == ["1", "one"])
            #expect(row["evidence"]?.array?.count == 1)

            edit.question = "Again?"
            let failure = #expect(throws: EngineerError.self) { try edit.apply(to: project) }
            #expect(failure?.message.contains("the question is now \"Uno?\"") == true, "\(failure?.message ?? "")")
            #expect(try GoldenRows.read(project)?.questions.first?.question == "Uno?")
        }
    }

    @Test func `a row that would be none is not written`() async throws {
        try await project { project, _ async throws in
            let rows = try #require(try GoldenRows.read(project))
            let edit = GoldenEdit(id: "a", seen: rows.hash, question: "", answers: [], isAnswerable: true, type: nil)
            #expect(throws: (any Error).self) { try edit.apply(to: project) }
            #expect(try GoldenRows.read(project)?.hash == rows.hash)
        }
    }

    @Test func `what waits is the document that nobody approved as it is now`() async throws {
        try await project { project, write async throws in
            try write("golden.jsonl", Self.rows.replacing(#""note": "mine", "#, with: ""))
            let reader = ProjectReader(FoundProject(folder: project.folder))
            #expect(await reader.overview().stage == .ready)
            #expect(try await reader.database() == nil, "looking makes no database")
            try write("design.md", "# Design\n")
            var view = await reader.overview()
            #expect(view.stage == .review && view.waiting.map(\.kind) == ["approval"])
            let document = try #require(view.documents.first)
            try await reader.madeDatabase().approve(
                ApprovalRecord(
                    document: "design.md", hash: document.hash, who: "Ada", how: "test",
                    approved: "2026-01-01T00:00:00Z"),
                text: "")
            view = await reader.overview()
            #expect(view.stage == .ready && view.waiting.isEmpty && view.documents.first?.approval?.who == "Ada")
            try write("design.md", "# Design, changed\n")
            view = await reader.overview()
            #expect(view.waiting.first?.sentence == "design.md changed since it was approved.")
        }
    }

    @Test func `the stamp changes with files and with the database`() async throws {
        try await project { project, write async throws in
            let reader = ProjectReader(FoundProject(folder: project.folder))
            var stamps = [await reader.stamp(), await reader.stamp()]
            #expect(stamps[0] == stamps[1])
            try write("requirements.md", "# R\n")
            stamps.append(await reader.stamp())
            try await reader.madeDatabase().setFact("a", to: 1)
            stamps.append(await reader.stamp())
            #expect(Set(stamps).count == 3)
        }
    }

    @Test func `a project that cannot be read is shown with the reason`() async throws {
        try await project { project, write async throws in
            try write("neo.yaml", "documents: [")
            let view = await ProjectReader(FoundProject(folder: project.folder)).overview()
            #expect(view.stage == .broken && view.problems.count == 1)
        }
    }

    @Test func `projects are found below a folder, and not behind links or in hidden ones`() async throws {
        try await withTemporaryDirectory { folder async throws in
            for name in ["a", "b/c", ".hidden/d", "a/inner"] {
                try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
                try Data("documents: [x]\n".utf8).write(to: URL(filePath: "\(folder)/\(name)/neo.yaml"))
            }
            try FileManager.default.createSymbolicLink(atPath: folder + "/z", withDestinationPath: folder)
            let found = try ProjectFinder.find(in: [folder, folder + "/a"])
            #expect(found.map { $0.folder.dropFirst(folder.count) } == ["/a", "/b/c"])
            #expect(Set(found.map(\.id)).count == 2)
            #expect(throws: EngineerError.self) { try ProjectFinder.find(in: [folder + "/nowhere"]) }
        }
    }

    @Test(arguments: [
        ("# One", DocumentLine.Kind.heading(1), "One"), ("#One", .paragraph, "#One"), ("- a", .item(0), "a"),
        ("    - a", .item(2), "a"), ("- [x] done", .task(isDone: true), "done"), ("> said", .quote, "said"),
        ("| a |", .row, "| a |"), ("", .blank, ""), ("**a**", .paragraph, "**a**"),
    ])
    func `a line of a document is what its marks say`(_ text: String, _ kind: DocumentLine.Kind, _ words: String) {
        #expect(DocumentLine.lines(of: text) == [DocumentLine(number: 1, kind: kind, text: words)])
    }

    @Test func `lines keep their numbers around a block of code`() {
        let lines = DocumentLine.lines(of: "a\n```\n# b\n```\nc")
        #expect(lines.map(\.number) == [1, 3, 5])
        #expect(lines.map(\.kind) == [.paragraph, .code, .paragraph])
    }

    @Test func `lines end as they do on any system, and the mark of the encoding is no word`() {
        let lines = DocumentLine.lines(of: "\u{FEFF}# One\r\n\r\n```\r\nx\r\n```\r\ntwo")
        #expect(lines.map(\.number) == [1, 2, 4, 6])
        #expect(lines.map(\.text) == ["One", "", "x", "two"])
    }

    @Test func `a document that is a link is not shown, with the reason, and the other one is`() async throws {
        try await project { project, write async throws in
            try write("secret.md", "# Mine\n")
            try FileManager.default.createSymbolicLink(
                atPath: project.path("requirements.md"), withDestinationPath: project.path("secret.md"))
            try write("design.md", "# Design\n")
            let view = await ProjectReader(FoundProject(folder: project.folder)).overview()
            #expect(view.documents.map(\.kind) == [.design])
            #expect(view.unreadable[.requirements]?.contains("it is a link") == true)
        }
    }

    @Test func `a cell that a spreadsheet would compute is text in the CSV`() {
        #expect(StudyChart.csv([["=1+1", "-0.5", "a,b", "\"q\""]]) == "'=1+1,-0.5,\"a,b\",\"\"\"q\"\"\"\r\n")
    }
}
