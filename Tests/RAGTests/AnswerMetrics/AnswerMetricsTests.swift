import Retrieval
import Testing

@testable import RAG

/// What PyPI's rouge-score 0.1.2 and SQuAD's script (as torchmetrics 1.9.0 carries it) give: written by
/// `Tests/Peers/answers.py`, whose whole comparison is `AnswerMetricsPeerTests`.
@Suite struct AnswerMetricsTests {
    struct Row: CustomTestStringConvertible {
        var answer: String
        var golden: [String]
        var exact: Double
        var f1: Double
        var rougeL: Double
        var stemmed: Double

        init(_ answer: String, _ golden: [String], _ exact: Double, _ f1: Double, _ rougeL: Double, _ stemmed: Double) {
            (self.answer, self.golden, self.exact) = (answer, golden, exact)
            (self.f1, self.rougeL, self.stemmed) = (f1, rougeL, stemmed)
        }

        var testDescription: String { "\(answer) | \(golden)" }
    }

    static let rows = [
        Row("The cat sat on the mat.", ["the cat sat on the mat"], 1, 1.0, 1.0, 1.0),
        Row("A moka pot wants a fine grind.", ["fine", "a fine grind"], 0, 0.571429, 0.6, 0.6),
        Row("two minutes at eighty degrees", ["Two minutes, at 80 degrees"], 0, 0.8, 0.8, 0.8),
        Row("It is off by default.", ["It is on by default."], 0, 0.8, 0.8, 0.8),
        Row("", ["something"], 0, 0.0, 0, 0),
        Row("the", ["a", "an apple"], 1, 1.0, 0.0, 0.0),
        Row("state-of-the-art", ["state of the art", "stateoftheart"], 1, 1.0, 1.0, 1.0),
        Row(
            "Ärger über Straßen", ["ärger ÜBER strassen", "ÄRGER ÜBER STRASSEN"], 0, 0.666667, 0.571428571, 0.571428571),
        Row("l’a b–the c", ["l’ b– c"], 1, 1.0, 0.75, 0.75),
        Row("the\u{A0}end\u{2003}of\u{3000}it", ["end of it"], 1, 1.0, 0.857142857, 0.857142857),
        Row("running runners ran easily", ["run runner ran easy"], 0, 0.25, 0.25, 0.75),
        Row("42 000,5", ["42000.5", "42 0005"], 1, 1.0, 0.4, 0.4),
        Row("snake_case_name", ["snakecasename", "snake case name"], 1, 1.0, 1.0, 1.0),
        Row("b b b a", ["a b", "b b"], 0, 0.8, 0.666666667, 0.666666667),
        Row("茶を飲む", ["茶を飲む"], 1, 1.0, 0, 0),
        Row("½ the ١", ["½ ١"], 1, 1.0, 0, 0),
    ]

    @Test(arguments: rows) func `Scores are those of the peers`(row: Row) throws {
        let match = try #require(AnswerMatch(row.answer, golden: row.golden))
        #expect(match.exactMatch == row.exact)
        #expect(abs(match.tokenF1 - row.f1) < 1e-6)
        #expect(abs(try #require(RougeL().score(row.answer, golden: row.golden)) - row.rougeL) < 1e-8)
        #expect(abs(try #require(RougeL(stems: true).score(row.answer, golden: row.golden)) - row.stemmed) < 1e-8)
    }

    @Test func `Without a golden answer there is no score`() async throws {
        #expect(AnswerMatch("x", golden: []) == nil)
        #expect(RougeL().score("x", golden: []) == nil)
        #expect(try await AnswerSimilarity(Directions()).scores([("x", [])]) == [nil])
    }

    @Test func `A very long answer is scored in little memory`() {
        let long = String(repeating: "word other ", count: 20_000)
        #expect(RougeL().score(long, golden: ["other word"]) ?? 0 > 0)
    }

    @Test func `Similarity is the cosine with the nearest golden answer, whatever the vectors' lengths`() async throws {
        let scores = try await AnswerSimilarity(Directions())
            .scores([("1 0", ["0 2", "3 0"]), ("1 1", ["0 -1"]), (" ", ["1 0"]), ("0 0", ["1 0"])])
        let expected = [1, -1 / 2.0.squareRoot(), 0, 0]
        #expect(scores.count == 4)
        for (score, value) in zip(scores, expected) { #expect(abs((score ?? 9) - value) < 1e-9) }
    }

    @Test func `Abstentions are right where the documents have no answer`() {
        let score = AbstentionScore([
            (isAnswerable: true, abstained: true), (isAnswerable: false, abstained: true),
            (isAnswerable: false, abstained: true), (isAnswerable: false, abstained: false),
            (isAnswerable: true, abstained: false),
        ])
        #expect(score.precision == 2.0 / 3)
        #expect(score.recall == 2.0 / 3)
        let none = AbstentionScore([(isAnswerable: true, abstained: false)])
        #expect(none.precision == nil && none.recall == nil)
    }

    /// Reads a text as a vector: two numbers.
    private struct Directions: TextEncoder {
        let identity = "directions"
        let dimension = 2

        @concurrent
        func encode(_ texts: [String]) async throws -> Matrix {
            Matrix(
                columns: 2,
                values: texts.flatMap { text in
                    let numbers = text.split(separator: " ").compactMap { Float($0) }
                    return numbers.count == 2 ? numbers : [0, 0]
                })
        }
    }
}
