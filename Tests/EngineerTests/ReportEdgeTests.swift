import AutoML
import Base
import Testing

@testable import Engineer

/// Searches that came out unusually.
@Suite struct ReportEdgeTests {
    private static func reports(_ results: SearchResults) -> [String] {
        [MarkdownReport.render(results), HTMLReport.render(results)]
    }

    @Test func `equal scores everywhere crown the default and still draw`() {
        var results = ReportTests.results()
        let equal = SearchResults.Estimate(value: 0.5, lower: 0.5, upper: 0.5)
        let zero = SearchResults.Estimate(value: 0, lower: 0, upper: 0)
        for position in results.trials.indices { results.trials[position].score = equal }
        results.winner = 0
        results.verdict.winner = equal
        results.verdict.baseline = equal
        results.verdict.difference = zero
        for report in Self.reports(results) {
            #expect(report.contains("0 (winner, default)"))
            #expect(report.contains("Winner minus default: 0.000 (95 % interval 0.000 to 0.000)"))
            #expect(report.contains("Judgement: the default is the winner."))
            #expect(report.contains("Nothing beat the default"))
            #expect(!report.lowercased().contains("nan"))
            #expect(!report.contains("better than the default"))
        }
    }

    @Test func `one trial is the winner and the default, in the singular`() {
        var results = ReportTests.results()
        results.trials = [results.trials[0]]
        results.winner = 0
        for report in Self.reports(results) {
            #expect(report.contains("1 configuration tried"))
            #expect(report.contains("Judgement: the default is the winner."))
            // One value of a parameter shows nothing.
            #expect(!report.contains("What each choice did"))
            #expect(!report.lowercased().contains("nan"))
        }
    }

    @Test func `questions that all failed are said with their reason`() {
        var results = ReportTests.results(kind: .search)
        let zero = SearchResults.Estimate(value: 0, lower: 0, upper: 0)
        for position in results.trials.indices {
            results.trials[position].score = zero
            results.trials[position].metrics = [:]
            results.trials[position].failures = 80
        }
        results.verdict.winner = zero
        results.verdict.metrics = [:]
        results.questions[0].failure = "the index is <broken>"
        results.questions[0].found = []
        for report in Self.reports(results) {
            #expect(report.contains("(not measured: the index is &lt;broken&gt;)"))
            #expect(report.contains("80"))
            #expect(report.contains("A question that could not be measured counts as the worst."))
            #expect(!report.contains("All metrics of the winner"))
            #expect(!report.lowercased().contains("nan"))
        }
    }

    @Test func `a winner that is worse than the default is called so`() {
        var results = ReportTests.results()
        results.verdict.winner = SearchResults.Estimate(value: 0.3, lower: 0.2, upper: 0.4)
        results.verdict.difference = SearchResults.Estimate(value: -0.2, lower: -0.3, upper: -0.1)
        for report in Self.reports(results) {
            #expect(report.contains("Winner minus default: −0.200 (95 % interval −0.300 to −0.100)"))
            #expect(report.contains("worse than the default: the search was misled by chance"))
            #expect(!report.contains("better than the default"))
        }
        #expect(SearchSummary.text(results).contains("difference: −0.200 (95 % interval −0.300 to −0.100) – worse"))
    }

    @Test func `failed and unfinished trials are counted`() {
        var results = ReportTests.results()
        results.trials[0].state = .failed
        results.trials[0].score = nil
        results.trials[2].state = .running
        results.trials[2].score = nil
        for report in Self.reports(results) {
            #expect(
                report.contains("3 configurations tried (sampler: random), of which 1 failed, of which 1 not finished"))
            #expect(report.contains("0 (default)"))
            #expect(report.contains("Some trials failed"))
        }
    }

    @Test func `what it was made with stands at the end, escaped`() {
        let results = ReportTests.results()
        let manifest: JSONValue = [
            "study": .string(results.study), "neo": "9.8.7", "swift": "6.3, optimised",
            "written": "2026-01-02T03:04:05Z",
            "hashes": ["documents": "abcdef"],
            "machine": ["processor": "<b>fast|er</b>", "cores": 4, "memoryBytes": 16_000_000_000],
            "commandLine": ["/opt/bin/neo", "search", "my docs", "--budget", "it's"],
        ]
        let markdown = MarkdownReport.render(results, manifest: manifest)
        let html = HTMLReport.render(results, manifest: manifest)
        #expect(markdown.contains("## How this was made"))
        #expect(markdown.contains("| Processor | &lt;b&gt;fast\\|er&lt;/b&gt; |"))
        #expect(markdown.contains("| Memory | 16 GB |"))
        #expect(html.contains("<td>&lt;b&gt;fast|er&lt;/b&gt;</td>"))
        for part in ["9.8.7", "6.3, optimised", "2026-01-02T03:04:05Z", "abcdef"] {
            #expect(markdown.contains(part))
            #expect(html.contains(part))
        }
        #expect(
            ReportOrigin.command(["/opt/bin/neo", "search", "my docs", "it's", ""])
                == #"neo search 'my docs' 'it'\''s' ''"#)
        // Of another search, or none: nothing is claimed.
        #expect(!MarkdownReport.render(results, manifest: ["study": "other"]).contains("How this was made"))
        #expect(!MarkdownReport.render(results).contains("How this was made"))
    }
}
