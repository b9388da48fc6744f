import AutoML
import Base
import Processes
import RAG
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct AgentViewTests {
    /// A project of 150 questions with evidence, ten without an answer, and one that its author keeps back.
    private func view(
        golden: String? = nil, results: String? = nil, tracked: Bool = false
    ) async throws -> (view: AgentView, rows: String?, results: String?) {
        try await withTemporaryDirectory { folder in
            var lines = (1...150).map { number in
                #"{"id": "q\#(number)", "question": "What is \#(number * 7919)?", "answers": ["\#(number)"], "#
                    + #""evidence": [{"document": "d\#(number).md", "quote": "It is \#(number)."}]}"#
            }
            lines += (1...10).map { #"{"id": "u\#($0)", "question": "Who knows \#($0)?", "answerable": false}"# }
            lines.append(#"{"id": "own", "question": "Mine?", "answerable": false, "split": "test"}"#)
            try (golden ?? lines.joined(separator: "\n\n")).write(
                toFile: folder + "/golden.jsonl", atomically: true, encoding: .utf8)
            try "documents: [d*.md]\n".write(toFile: folder + "/neo.yaml", atomically: true, encoding: .utf8)
            try results?.write(toFile: folder + "/results.json", atomically: true, encoding: .utf8)
            if tracked {
                try FileManager.default.createDirectory(atPath: folder + "/.git", withIntermediateDirectories: false)
                try FileManager.default.createDirectory(
                    atPath: folder + "/.git/objects", withIntermediateDirectories: false)
                try Data("DIRC....golden.jsonl\0".utf8).write(to: URL(filePath: folder + "/.git/index"))
            }
            let view = await AgentView.of(try Project(opening: folder))
            let text = { view.replaced[folder + $0].map { String(decoding: $0, as: UTF8.self) } }
            return (view, text("/golden.jsonl"), text("/results.json"))
        }
    }

    @Test func `an agent reads the rows of the search as they are written, and no others`() async throws {
        let (view, rows, _) = try await view()
        let shown = try #require(rows).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        let ids = Set(shown.compactMap { $0["id"]?.string })
        let questions = (1...150).map { number in
            GoldenQuestion(
                id: "q\(number)", question: "What is \(number * 7919)?",
                evidence: [[EvidenceQuote(document: "d\(number).md", quote: "It is \(number).")]])
        }
        let split = GoldenSplit.make(questions, seed: 1)
        #expect(split.heldOut.count == 60)
        #expect(ids.filter { $0.hasPrefix("q") } == Set(split.search))
        #expect(!ids.contains("own"))
        let unanswerable = ids.filter { $0.hasPrefix("u") }
        #expect((1..<10).contains(unanswerable.count))
        #expect(unanswerable.allSatisfy { !AnswerQuestions.isHeldOut(unanswerable: $0, seed: 1) })
        #expect(view.hiddenRows == 161 - shown.count)
        #expect(view.remarks == [])
        #expect(view.protected.contains { $0.hasSuffix("/results.json") })
    }

    @Test func `a set of fewer than 100 questions has nothing to hide but what its author keeps back`() async throws {
        let rows = """
            {"id": "a", "question": "A?", "answers": ["a"], "evidence": [{"document": "d", "quote": "a"}]}
            {"id": "b", "question": "B?", "answers": ["b"], "evidence": [{"document": "d", "quote": "b"}], "split": "test"}

            """
        let (view, text, _) = try await view(golden: rows)
        #expect(text == rows.split(separator: "\n").first.map { $0 + "\n" })
        #expect(view.hiddenRows == 1)
    }

    @Test func `what cannot be read is shown empty`() async throws {
        let (view, text, results) = try await view(golden: "{\"id\": 1\n", results: "{")
        #expect(text == "")
        #expect(results == "")
        #expect(view.remarks.count == 1 && view.remarks[0].contains("`neo check` says why"))
    }

    @Test func `a repository that has the rows is hidden, and the user is told`() async throws {
        let (view, _, _) = try await view(tracked: true)
        #expect(view.remarks.count == 1 && view.remarks[0].contains("--git-history"))
        #expect(view.hidden.map { $0.hasSuffix("/.git/objects") } == [true])
    }

    @Test(arguments: [
        "committed", "removed since", "on no branch", "named otherwise", "packed", "damaged", "not there",
    ])
    func `rows are found wherever git keeps them`(way: String) async throws {
        try await withTemporaryDirectory { folder in
            func git(_ command: String) async throws {
                let line = "git -c user.name=n -c user.email=e \(command)"
                let result = try await ChildProcess(
                    executable: "/bin/bash", arguments: ["-c", "cd '\(folder)' && \(line)"]
                ).run()
                try #require(result.status == 0, "\(line): \(result.errorOutput)")
            }
            let rows = """
                {"id": "a", "question": "Which one is open?", "answers": ["a"], "evidence": [{"document": "d", "quote": "a"}]}
                {"id": "b", "question": "Which one is kept?", "answers": ["b"], "evidence": [{"document": "d", "quote": "b"}], "split": "test"}

                """
            try rows.write(toFile: folder + "/golden.jsonl", atomically: true, encoding: .utf8)
            try "documents: [d.md]\n".write(toFile: folder + "/neo.yaml", atomically: true, encoding: .utf8)
            try await git("init -q")
            try await git("add neo.yaml && git -c user.name=n -c user.email=e commit -qm first")
            switch way {
            case "committed", "removed since", "packed", "damaged":
                try await git("add golden.jsonl && git -c user.name=n -c user.email=e commit -qm second")
                if way != "committed" {
                    try await git("rm -q --cached golden.jsonl && git -c user.name=n -c user.email=e commit -qm third")
                }
                if way == "packed" { try await git("gc -q") }
                if way == "damaged" {
                    try await git("--version; rm $(find .git/objects -type f | head -n 1)")
                    try await git(
                        "--version; echo x > .git/objects/pack/pack-0.pack; echo x > .git/objects/pack/pack-0.idx")
                }
            case "on no branch": try await git("add golden.jsonl && git rm -q --cached golden.jsonl")
            case "named otherwise":
                try await git("--version; cp golden.jsonl old && git add old && git commit -qm x 2>/dev/null || true")
                try await git("rm -q --cached old")
            default: break
            }
            let project = try Project(opening: folder)
            let view = await AgentView.of(project, sandbox: try Sandbox.find())
            #expect(view.hiddenRows == 1 && view.hidden.isEmpty == (way == "not there"), "\(view)")
            #expect(await AgentView.of(project, showsHistory: true).hidden == [])
            // Who cannot look does not show it.
            #expect(await AgentView.of(project).hidden.isEmpty == false)
        }
    }

    @Test func `what any search has held out stays hidden, and its results with it`() async throws {
        try await withTemporaryDirectory { folder in
            try "documents: [d.md]\n".write(toFile: folder + "/neo.yaml", atomically: true, encoding: .utf8)
            let rows = ["a", "b", "c"].map {
                #"{"id": "\#($0)", "question": "\#($0)?", "answers": ["x"], "evidence": [{"document": "d", "quote": "x"}]}"#
                    + "\n"
            }
            try rows.joined().write(toFile: folder + "/golden.jsonl", atomically: true, encoding: .utf8)
            let project = try Project(opening: folder)
            let database = try NeoDatabase(path: project.databasePath)
            let study = try await database.openStudy(definition: ["seed": 1], at: Date(timeIntervalSince1970: 0)).study
            try await database.recordEvaluations(
                [Measurement(item: "b", metrics: ["recall": 1])], of: study, split: HeldOutMeasurement.name,
                study: study)
            let view = await AgentView.of(project)
            #expect(
                view.replaced[folder + "/golden.jsonl"].map { String(decoding: $0, as: UTF8.self) } == rows[0] + rows[2]
            )
        }
    }
}
