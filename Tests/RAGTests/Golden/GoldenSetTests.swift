import Base
import RAG
import Testing

@Suite struct GoldenSetTests {
    private func parse(_ text: String, _ diagnostics: DiagnosticCollector = .init()) throws -> GoldenSet {
        try GoldenSet(parsing: text, file: "golden.jsonl", diagnostics: diagnostics)
    }

    @Test("A row is read with all its parts, and written back the same")
    func wholeRow() throws {
        let row = """
            {"id": "a", "question": "Q?", "answers": ["x", 5], "answerable": true, "type": "t", "group": "g", \
            "split": "test", "relevant": {"d": 2}, "evidence": [{"document": "d", "quote": "one"}, \
            {"any_of": [{"document": "e", "quote": "two"}, {"document": "f", "quote": "three"}]}]}
            """
        let question = try #require(try parse("\u{FEFF}\n" + row + "\r\n\n").questions.first)
        #expect(
            question
                == GoldenQuestion(
                    id: "a", question: "Q?", answers: ["x", "5"],
                    evidence: [
                        [EvidenceQuote(document: "d", quote: "one")],
                        [EvidenceQuote(document: "e", quote: "two"), EvidenceQuote(document: "f", quote: "three")],
                    ],
                    relevance: ["d": 2], type: "t", group: "g", split: .heldOut
                )
        )
        let written = GoldenSet([question]).text
        #expect(try parse(written).questions == [question])
    }

    @Test("A single answer may stand alone, and lines are counted with the empty ones")
    func answer() throws {
        let set = try parse("\n{\"id\": 7, \"question\": \"Q\", \"answer\": \"x\", \"answerable\": false}\n")
        #expect(set.questions.map(\.answers) == [["x"]])
        #expect(set.questions.map(\.isAnswerable) == [false])
        #expect(set.lines == ["7": 2])
    }

    @Test("Every bad row is named with its line, all at once")
    func errors() throws {
        let text = """
            {"id": "a", "question": "Q", "evidence": []}
            {"question": "no id"}
            {"id": "a", "question": "again"}
            {"id": "b"}
            {"id": "c", "question": "Q" "x"}
            [1, 2]
            {"id": "d", "question": "Q", "split": "tset"}
            {"id": "e", "question": "Q", "evidence": [{"document": "x"}]}
            {"id": "f", "question": "Q", "evidence": "x", "answers": {"a": 1}, "relevant": {"d": 0.5}, "answerable": 3}
            """
        let error = try #require(#expect(throws: RAGError.self) { try parse(text) })
        let lines = error.message.split(separator: "\n").map(String.init)
        let expected = [
            (2, "no \"id\""), (3, "\"a\" is that of line 1"), (4, "no \"question\""), (5, "not valid JSON"),
            (6, "not a JSON object"), (7, "\"tset\" is unknown"), (8, "an element of \"evidence\""),
            (9, "\"answers\""), (9, "\"evidence\" is not a list"), (9, "\"relevant\""), (9, "\"answerable\""),
        ]
        #expect(lines.count == expected.count)
        for (line, (number, part)) in zip(lines, expected) {
            #expect(line.hasPrefix("golden.jsonl:\(number): error: ") && line.contains(part), "\(line)")
        }
    }

    @Test("An unknown key is a warning with the nearest known one")
    func unknownKey() throws {
        let diagnostics = DiagnosticCollector()
        _ = try parse("{\"id\": \"a\", \"question\": \"Q\", \"evidense\": [], \"relevant\": {\"d\": 1}}", diagnostics)
        let diagnostic = try #require(diagnostics.all.first)
        #expect(diagnostics.all.count == 1)
        #expect(diagnostic.severity == .warning && diagnostic.line == 1)
        #expect(diagnostic.message.contains("did you mean \"evidence\"?"))
    }

    @Test(
        "A question without evidence, and evidence without an answer, are warnings",
        arguments: [
            ("{\"id\": \"a\", \"question\": \"Q\"}", 1),
            ("{\"id\": \"a\", \"question\": \"Q\", \"answerable\": false}", 0),
            (
                "{\"id\": \"a\", \"question\": \"Q\", \"answerable\": false, \"evidence\": [{\"document\": \"d\", \"quote\": \"q\"}]}",
                1
            ),
        ])
    func doubtful(row: String, warnings: Int) throws {
        let diagnostics = DiagnosticCollector()
        _ = try parse(row, diagnostics)
        #expect(diagnostics.all.count == warnings)
    }

    @Test(
        "A file without rows, and a JSON list, say what is expected",
        arguments: [
            ("", "no questions"), ("\n\n", "no questions"), ("[\n{\"id\": 1}\n]", "neo import"),
        ])
    func otherLayouts(text: String, part: String) throws {
        let error = try #require(#expect(throws: RAGError.self) { try parse(text) })
        #expect(error.message.contains(part))
    }
}
