import AutoML
import Testing

@testable import Engineer

@Suite struct ReportExternalsTests {
    private static func results(difference: ClosedRange<Double>, reason: String? = nil) -> SearchResults {
        var results = ReportTests.results()
        results.externals = [
            SearchResults.ExternalResult(
                name: "present", questions: 120, searchScore: 0.62,
                score: .init(value: 0.6, lower: 0.5, upper: 0.7),
                difference: .init(
                    value: (difference.lowerBound + difference.upperBound) / 2, lower: difference.lowerBound,
                    upper: difference.upperBound),
                metrics: [:], passages: 900, unplaced: 7, abstentions: 2,
                failures: reason.map { [.init(id: "q|1", reason: $0)] } ?? [], heldOutFailures: reason == nil ? 0 : 3)
        ]
        return results
    }

    private static func texts(_ results: SearchResults) -> [String] {
        [MarkdownReport.render(results), HTMLReport.render(results), SearchSummary.text(results)]
    }

    @Test func `a system that is better than the winner is said to be so, plainly`() {
        let results = Self.results(difference: -0.3...(-0.1))
        for text in Self.texts(results) {
            #expect(text.contains("present") && text.contains("is better than "))
        }
        #expect(MarkdownReport.render(results).contains("present, which is not Neo's, is better than what this search"))
        #expect(SearchSummary.text(results).contains("present is better than the winner"))
    }

    @Test func `one that is worse, or cannot be told apart, is not called better`() {
        for (difference, words) in [
            (0.01...0.1, "the winner is better"),
            (-0.1...0.1, "not distinguishable from the winner on these questions"),
        ] {
            for text in Self.texts(Self.results(difference: difference)) {
                #expect(text.contains(words))
                #expect(!text.contains("present is better than") && !text.contains("which is not Neo"))
            }
        }
    }

    @Test func `its failures and passages are counted, and what it said stays data`() {
        let markdown = MarkdownReport.render(Self.results(difference: 0...1, reason: "said <b> | \u{1B}[31m"))
        #expect(markdown.contains("| 4 of 120 | 7 of 900 | – |"))
        #expect(markdown.contains("present failed on 4 of 120 questions, which count 0. q"))
        #expect(markdown.contains("7 of 900 passages of present stand nowhere in the documents"))
        #expect(markdown.contains("present had no passage for 2 questions."))
        #expect(!markdown.contains("<b>") && !markdown.contains("\u{1B}"))
        #expect(!HTMLReport.render(Self.results(difference: 0...1, reason: "<b>")).contains("<b>"))
    }

    @Test func `on the questions that chose the winner, that is said`() {
        var results = Self.results(difference: 0...1)
        #expect(!MarkdownReport.render(results).contains("difference flatters it"))
        results.verdict.kind = .crossFitted
        #expect(MarkdownReport.render(results).contains("difference flatters it"))
        #expect(!MarkdownReport.render(ReportTests.results()).contains("Systems that are not Neo's"))
    }
}
