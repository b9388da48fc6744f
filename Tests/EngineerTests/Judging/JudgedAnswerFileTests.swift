import Base
import RAG
import Testing

@testable import Engineer

@Suite struct JudgedAnswerFileTests {
    private static let golden = ["t": GoldenQuestion(id: "t", question: "How long?", answers: ["two minutes"])]

    private func parse(_ text: String, needsLabels: Bool = true) throws -> [JudgedAnswer] {
        try JudgedAnswerFile.parse(text, file: "l.jsonl", golden: Self.golden, needsLabels: needsLabels)
    }

    @Test func `A row takes from the golden question what it lacks`() throws {
        let rows = try parse(
            """
            \u{FEFF}{"id": "t", "answer": "2 min", "label": "correct"}

            {"id": 7, "question": "q", "answer": "", "answers": ["a"], "passages": ["p"], "label": 0.5, "model": "m"}
            """)
        #expect(
            rows == [
                JudgedAnswer(
                    JudgeItem(id: "t", question: "How long?", answer: "2 min", goldenAnswers: ["two minutes"]), label: 1
                ),
                JudgedAnswer(
                    JudgeItem(id: "7", question: "q", answer: "", goldenAnswers: ["a"], passages: ["p"]), writer: "m",
                    label: 0.5),
            ])
        let text = rows.map { $0.json.canonicalText }.joined(separator: "\n")
        #expect(try parse(text) == rows)
    }

    @Test(arguments: [
        ("\"x\"", "is no JSON object"), ("{\"id\": \"t\"}", "has no \"answer\""),
        ("{\"answer\": \"a\"}", "has no \"id\""),
        ("{\"id\": \"z\", \"answer\": \"a\"}", "has no \"question\", and no golden question has the id \"z\""),
        ("{\"id\": \"t\", \"answer\": \"a\"}", "has no \"label\""),
        ("{\"id\": \"t\", \"answer\": \"a\", \"label\": 2}", "the label 2 is neither"),
        ("{\"id\": \"t\", \"answer\": \"a\", \"label\": \"meh\"}", "the label \"meh\" is neither"),
        ("{\"id\": \"t\", \"answer\": \"a\", \"label\": 1, \"answers\": \"x\"}", "\"answers\" is not a list of texts"),
        (
            "{\"id\": \"t\", \"answer\": \"a\", \"label\": 1}\n{\"id\": \"t\", \"answer\": \"b\", \"label\": 0}",
            "line 1"
        ),
        ("", "has no rows"),
    ])
    func `A bad row is said with its line`(text: String, sentence: String) {
        let error = #expect(throws: EngineerError.self) { try parse(text) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }
}
