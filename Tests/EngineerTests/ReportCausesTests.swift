import RAG
import Testing

@testable import Engineer

@Suite struct ReportCausesTests {
    private static func diagnosis(
        _ id: String, _ pieces: [FailureCause?], pool: Double, ranking: Double, isQuoted: Bool? = true
    ) -> QuestionDiagnosis {
        QuestionDiagnosis(
            id: id, pieces: pieces, isQuoted: isQuoted,
            ceilings: .init(
                parsing: 1, chunking: 1, pool: pool, ranking: ranking, reading: isQuoted.map { $0 ? 1 : 0 })
        )
    }

    private static let diagnoses = [
        diagnosis("a", [nil], pool: 1, ranking: 1), diagnosis("b", [nil], pool: 1, ranking: 0.5),
        diagnosis("c", [.outranked, .notInPool], pool: 0.5, ranking: 0),
        diagnosis("d|<b>", [.notInPool], pool: 0, ranking: 0),
        diagnosis("e", [nil], pool: 1, ranking: 1, isQuoted: false),
    ]

    @Test func `each question counts at its first loss, each piece at its own`() throws {
        let causes = try #require(SearchResults.Causes(Self.diagnoses))
        #expect(causes.shares.map(\.questions.count) == [0, 0, 2, 0, 0, 1])
        #expect(causes.shares.map(\.pieces) == [0, 0, 2, 0, 1, 0])
        #expect(causes.late == 1)
        #expect(causes.ceilings.pool == 0.7 && causes.ceilings.ranking == 0.5 && causes.ceilings.reading == 0.8)
        #expect(causes.worst?.stage == .candidates)
        #expect(SearchResults.Causes([]) == nil)
    }

    @Test func `the report says what fails, what each stage could win, and what to try`() {
        var results = ReportTests.results()
        results.causes = SearchResults.Causes(Self.diagnoses)
        let markdown = MarkdownReport.render(results)
        #expect(markdown.contains("Of 5 search questions with evidence, 2 did not have every piece of it"))
        #expect(markdown.contains(##"| not among the candidates | 2 | 2 |"##))
        #expect(markdown.contains(##"c, d\|&lt;b&gt;"##))
        #expect(markdown.contains("| Candidates | 0.700 | 0.300 |"))
        #expect(markdown.contains("Most is lost because the passages are never among the candidates (0.300"))
        let html = HTMLReport.render(results)
        #expect(html.contains("The best possible score behind each stage") && !html.contains("<b>"))
    }

    @Test func `where nothing is lost nothing is proposed`() throws {
        let causes = try #require(SearchResults.Causes([Self.diagnosis("a", [nil], pool: 1, ranking: 1)]))
        #expect(causes.worst == nil)
        #expect(ReportCauses(causes: causes, metric: "evidence_recall").nextStep == nil)
    }
}
