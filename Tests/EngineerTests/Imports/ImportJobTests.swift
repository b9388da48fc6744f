import Base
import Engineer
import Foundation
import RAG
import Testing

@Suite struct ImportJobTests {
    /// Makes a folder with these files, and removes it afterwards.
    private func withFiles<Result>(
        _ files: [String: String], _ body: (String) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("neo-import-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let url = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return try await body(folder.resolvingSymlinksInPath().path)
    }

    private func golden(_ project: String) throws -> [GoldenQuestion] {
        try GoldenSet(path: project + "/golden.jsonl", diagnostics: DiagnosticCollector()).questions
    }

    private let documents = [
        "docs/a.md": "# A\n\nReaders *never* block writers.\n\nThe second fact stands here.\n",
        "docs/b.md": "# B\n\nA third fact, which is elsewhere.\n",
    ]

    private let beir = [
        "set/corpus.jsonl": """
        {"_id": "d1", "title": "One", "text": "first"}
        {"_id": "d2", "title": "Two", "text": "second"}

        """,
        "set/queries.jsonl": """
        {"_id": "q1", "text": "which is first"}
        {"_id": "q2", "text": "which is second"}
        {"_id": "q3", "text": "nobody judged this"}
        {"_id": "d1", "text": "only itself"}

        """,
        "set/qrels/test.tsv": """
        query-id\tcorpus-id\tscore
        q1\td1\t2
        q1\td2\t0
        q2\tgone\t1
        q2\td2\t1
        d1\td1\t1

        """,
    ]

    @Test("A BEIR folder becomes a project with its collection")
    func beirFolder() async throws {
        try await withFiles(beir) { folder in
            let summary = try await ImportJob.run(source: folder + "/set", project: folder + "/project")
            #expect(summary.format == "BEIR" && summary.questions == 3 && summary.documents == 2)
            #expect(
                summary.reasons.map { "\($0.count) \($0.reason)" } == [
                    "1 judgement of a document that the corpus lacks", "1 judgement without relevance",
                    "1 query without a judgement",
                ])
            let questions = try golden(folder + "/project")
            #expect(questions.map(\.relevance) == [["d1": 2], ["d2": 1], ["d1": 1]])
            #expect(questions.map(\.split) == [nil, nil, nil])
            let project = try Project(opening: folder + "/project")
            #expect(project.file.documents == ["corpus.jsonl"])
            #expect(
                FileManager.default.contentsEqual(
                    atPath: folder + "/set/corpus.jsonl", andPath: folder + "/project/corpus.jsonl"))
            // Doing it again changes nothing.
            #expect(try await ImportJob.run(source: folder + "/set", project: folder + "/project").questions == 3)
        }
    }

    @Test("Where a BEIR folder has its own split, it is kept")
    func beirSplit() async throws {
        let train = "query-id\tcorpus-id\tscore\nq2\td2\t1\n"
        let test = "query-id\tcorpus-id\tscore\nq1\td1\t1\n"
        let files = beir.merging(["set/qrels/train.tsv": train, "set/qrels/test.tsv": test]) { $1 }
        try await withFiles(files) { folder in
            _ = try await ImportJob.run(source: folder + "/set", project: folder + "/project")
            #expect(try golden(folder + "/project").map(\.split) == [.heldOut, .search])
        }
    }

    @Test(
        "Formats of other tools give the same questions",
        arguments: [
            (
                "x.jsonl", "JSONL",
                """
                {"id": "1", "question": "Who blocks?", "answers": ["nobody"], "evidence": [{"document": "a.md", "quote": "Readers never block writers"}]}
                """
            ),
            (
                "x.jsonl", "context-grid",
                """
                {"_evalset": {"id": "s", "version": 1}}
                {"id": "1", "question": "Who blocks?", "gold": ["nobody"], "anchors": [{"source_id": "a.md", "quote": "Readers never block writers", "grade": 2}], "qtype": "factual"}
                """
            ),
            (
                "x.jsonl", "ragas",
                """
                {"question": "Who blocks?", "answer": "wrong", "ground_truth": "nobody", "contexts": ["Readers never block writers"]}
                """
            ),
            (
                "x.json", "ragas",
                """
                [{"user_input": "Who blocks?", "reference": "nobody", "response": "wrong", "retrieved_contexts": ["A third fact"], "reference_contexts": ["Readers never block writers"]}]
                """
            ),
            (
                "x.csv", "CSV",
                """
                Query,Reference,Context
                "Who blocks?",nobody,"Readers never block writers"
                """
            ),
            (
                "x.csv", "CSV",
                """
                query;document;passage;answer
                Who blocks?;a.md;Readers never block writers;nobody
                """
            ),
        ])
    func formats(file: String, format: String, text: String) async throws {
        try await withFiles(documents.merging([file: text]) { $1 }) { folder in
            let summary = try await ImportJob.run(
                source: "\(folder)/\(file)", project: folder + "/project", documents: [folder + "/docs/*.md"])
            #expect(summary.format == format && summary.questions == 1 && summary.dropped == 0)
            let question = try #require(try golden(folder + "/project").first)
            #expect(question.question == "Who blocks?" && question.answers == ["nobody"])
            #expect(question.evidence == [[EvidenceQuote(document: "a.md", quote: "Readers never block writers")]])
        }
    }

    @Test("Rows of one question are one question with more evidence; what cannot be used is counted")
    func merging() async throws {
        let table = """
            id,question,quote,split,answerable
            1,"What, then?",Readers never block writers,test,
            1,"What, then?",A third fact which is elsewhere,test,
            2,Lost?,This stands in no document at all,,
            2,Twice the id?,The second fact stands here,,
            3,,no question here,,
            4,Unknowable?,,,false
            5,a,b,c,d,e

            """
        try await withFiles(documents.merging(["x.csv": table]) { $1 }) { folder in
            let summary = try await ImportJob.run(
                source: folder + "/x.csv", project: folder + "/project", documents: [folder + "/docs"])
            let questions = try golden(folder + "/project")
            #expect(questions.map(\.id) == ["1", "2-2", "4"])
            #expect(questions[0].evidence.map { $0.map(\.document) } == [["a.md"], ["b.md"]])
            #expect(questions[0].split == .heldOut)
            #expect(questions.map(\.isAnswerable) == [true, true, false])
            #expect(
                summary.reasons.map { "\($0.count) \($0.reason)" } == [
                    "1 more fields than the header", "1 no question", "1 passage that stands in no document",
                    "1 question without evidence",
                ])
        }
    }

    @Test(
        "What cannot be imported says what to do",
        arguments: [
            ("nowhere", ["docs"], "There is no"),
            ("docs", ["docs"], "no corpus.jsonl"),
            ("x.xml", ["docs"], "format"),
            ("x.csv", ["docs"], "no column is called question"),
            ("open.csv", ["docs"], "open.csv:2: a quoted field"),
            ("x.json", ["docs"], "not valid JSON"),
            ("x.jsonl", [], "brings no documents"),
            ("x.jsonl", ["docs"], "1 × passage that stands in no document"),
        ])
    func refusals(source: String, patterns: [String], part: String) async throws {
        let files = [
            "x.xml": "<a/>", "x.csv": "a,b\n1,2\n", "open.csv": "question\n\"never\nclosed\n", "x.json": "[{",
            "x.jsonl": "{\"question\": \"Q\", \"contexts\": [\"nothing like it\"]}\n",
        ]
        try await withFiles(documents.merging(files) { $1 }) { folder in
            let error = await #expect(throws: EngineerError.self) {
                _ = try await ImportJob.run(
                    source: "\(folder)/\(source)", project: folder + "/project",
                    documents: patterns.map { "\(folder)/\($0)" })
            }
            #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
            #expect(!FileManager.default.fileExists(atPath: folder + "/project/golden.jsonl"))
        }
    }

    @Test("Other golden questions are never overwritten")
    func overwriting() async throws {
        let mine = "{\"id\": \"mine\", \"question\": \"Mine?\"}\n"
        try await withFiles(beir.merging(["project/golden.jsonl": mine]) { $1 }) { folder in
            let error = await #expect(throws: EngineerError.self) {
                _ = try await ImportJob.run(source: folder + "/set", project: folder + "/project")
            }
            #expect(error?.message.contains("other questions already") == true)
            let kept = try String(contentsOfFile: folder + "/project/golden.jsonl", encoding: .utf8)
            #expect(kept == mine)
        }
    }
}
