import Retrieval
import Testing

@testable import RAG

@Suite struct CitationScoreTests {
    private static func span(_ range: Range<Int>, _ document: String = "a.md") -> EvidenceSpan {
        EvidenceSpan(document: DocumentID(document), range: range)
    }

    /// The evidence is the bytes from 100 to 200 of a.md, or the first hundred of b.md.
    private static let evidence = [[span(100..<200), span(0..<100, "b.md")]]

    struct Case: Sendable {
        var name: String
        var statements: [[EvidenceSpan]]
        var recall: Double
        var precision: Double
    }

    /// Recall and precision as ALCE's `compute_autoais` counts them, where "entails" is "holds half of the evidence".
    static let cases = [
        Case(name: "the evidence itself", statements: [[span(0..<300)]], recall: 1, precision: 1),
        Case(name: "the other place of it", statements: [[span(0..<50, "b.md")]], recall: 1, precision: 1),
        Case(name: "less than half of it", statements: [[span(0..<149)]], recall: 0, precision: 0),
        Case(name: "nothing cited", statements: [[]], recall: 0, precision: 0),
        Case(
            name: "one citation too many", statements: [[span(0..<300), span(0..<50, "c.md")]], recall: 1,
            precision: 0.5),
        Case(
            name: "two that are needed together", statements: [[span(100..<130), span(170..<190)]], recall: 1,
            precision: 1),
        Case(
            name: "two, each enough", statements: [[span(0..<300), span(0..<100, "b.md")]], recall: 1, precision: 1),
        Case(
            name: "two needed, one not", statements: [[span(100..<130), span(400..<500), span(170..<190)]], recall: 1,
            precision: 2 / 3.0),
        Case(
            name: "citations of a statement that is not supported do not count",
            statements: [[span(100..<200)], [span(0..<50), span(300..<400)], []], recall: 1 / 3.0, precision: 1 / 3.0),
    ]

    @Test(arguments: cases) func `Recall is of statements, and precision of citations`(row: Case) throws {
        let score = try #require(CitationScore(row.statements, evidence: Self.evidence))
        #expect(abs(score.recall - row.recall) < 1e-12, "\(row.name)")
        #expect(abs(score.precision - row.precision) < 1e-12, "\(row.name)")
    }

    @Test func `Without statements or evidence there is nothing to score`() {
        #expect(CitationScore([], evidence: Self.evidence) == nil)
        #expect(CitationScore([[Self.span(0..<9)]], evidence: []) == nil)
        #expect(CitationScore([[Self.span(0..<9)]], evidence: [[]]) == nil)
    }

    @Test func `One of several pieces is enough for a statement`() throws {
        let evidence = [[Self.span(0..<10)], [Self.span(50..<60)]]
        let score = try #require(CitationScore([[Self.span(50..<60)], [Self.span(0..<10)]], evidence: evidence))
        #expect(score == CitationScore([[Self.span(0..<60)]], evidence: evidence))
        #expect(score.recall == 1 && score.precision == 1)
    }
}
