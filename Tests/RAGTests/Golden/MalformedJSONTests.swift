import Base
import RAG
import Testing

@Suite struct MalformedJSONTests {
    @Test(
        "The message has the column of the fault",
        arguments: [
            (#"{"id": "a" "x": 1}"#, 12), (#"{"id": "a"#, 8), (#"{"id": "é", "b": [1, tru]}"#, 22), (#"{"id" 1}"#, 2),
            (#"{"id": [1, 2}"#, 13), (#"{"id": 1}}"#, 10), (#"{"a": "\""#, 7), (#"{"a": {"b": 1}"#, 15), ("{", 2),
            (#"{"a": "x"} {"b": 1}"#, 12), ("nope", 1),
        ])
    func column(row: String, column: Int) throws {
        // On the second line, so that the hint on other layouts does not take the column's place.
        let error = #expect(throws: RAGError.self) {
            _ = try GoldenSet(parsing: "\n" + row, file: "g.jsonl", diagnostics: DiagnosticCollector())
        }
        #expect(error?.message == "g.jsonl:2: error: the row is not valid JSON (column \(column)).")
    }
}
