import AutoML
import Base
import Statistics
import Testing

@testable import Engineer

@Suite struct ReportTests {
    private static func estimate(_ value: Double) -> SearchResults.Estimate {
        SearchResults.Estimate(value: value, lower: value - 0.1, upper: value + 0.1)
    }

    static func results(
        kind: SearchResults.EstimateKind = .heldOut, question: String = "How fast?"
    ) -> SearchResults {
        let trials = [0.5, 0.7, 0.6].enumerated().map { number, score in
            SearchResults.TrialResult(
                number: number, origin: number == 0 ? "default" : "a,\"b\"", state: .complete,
                configuration: Configuration(["chunker": "structure", "chunk.size": .integer(256 + number)]),
                score: estimate(score), metrics: ["evidence_recall": score], failures: 0
            )
        }
        return SearchResults(
            project: "demo", study: "abc123", seed: 7, objective: Objective("evidence_recall"), sampler: "random",
            corpus: SearchResults.Corpus(
                documents: 12, bytes: 3456, questions: 120, unanswerable: 2, resolvedQuotes: 130, quotes: 131
            ),
            searchQuestions: 80, trials: trials, winner: 1, baseline: 0,
            verdict: SearchResults.Verdict(
                kind: kind, questions: 40, winner: estimate(0.65), baseline: estimate(0.5), difference: estimate(0.15),
                searchScore: 0.7, metrics: ["evidence_recall": 0.65]
            ),
            slices: [SearchResults.Slice(type: "fact", questions: 40, winner: 0.65, baseline: 0.5)],
            questions: [
                SearchResults.QuestionResult(
                    id: "q1", question: question, type: nil, heldOut: false, score: 0.25, baseline: 1,
                    expected: ["a.md"], found: ["b.md", "c.md"], failure: nil
                )
            ],
            diagnostics: [Diagnostic(.warning, "A quote was not found.", file: "golden.jsonl", line: 3)], timings: [:]
        )
    }

    @Test func `HTML escapes a hostile question`() {
        let html = HTMLReport.render(Self.results(question: "<script>alert(\"1\")</script> & 'x'"))
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"))
        #expect(html.components(of: "<svg") == 4)
    }

    @Test func `Markdown keeps a hostile question in its cell`() {
        let markdown = MarkdownReport.render(Self.results(question: "a | b\n\n# c <img src=x> [d](http://e)"))
        #expect(
            markdown.contains(
                ##"| q1: a \| b  \# c &lt;img src=x&gt; \[d\](http:\//e) | 0.250 | 1.000 | a.md | b.md, c.md |"##))
        #expect(!markdown.contains("<img"))
    }

    @Test(arguments: [
        ("- a", "\\- a"), ("1. a", "1\\. a"), ("2.5 a", "2.5 a"), ("evidence_recall", "evidence_recall"),
        ("_a_", "\\_a\\_"), ("a\r\nb", "a  b"), ("`a`", "\\`a\\`"), ("www.a", "www\\.a"), ("view.", "view."),
        ("a\u{202E}b", "ab"),
    ])
    func `Markdown text is never markup`(text: String, expected: String) {
        #expect(MarkdownReport.escaped(text) == expected)
    }

    @Test func `Held-out questions are named as the number to trust`() {
        for report in [MarkdownReport.render(Self.results()), HTMLReport.render(Self.results())] {
            #expect(report.contains("0.650 (95 % interval 0.550 to 0.750), measured on 40 questions held out"))
            #expect(report.contains("The naive number would have been 0.700"))
            #expect(report.contains("better than the default"))
            #expect(!report.contains("optimistic"))
        }
    }

    @Test func `A number on the search's own questions is called optimistic`() {
        let results = Self.results(kind: .search)
        for report in [MarkdownReport.render(results), HTMLReport.render(results)] {
            #expect(report.contains("the same 40 questions that chose it"))
            #expect(report.contains("This number is optimistic."))
            #expect(report.contains("With 100 questions or more Neo holds some back"))
            #expect(!report.contains("held out"))
        }
    }

    @Test func `A cross-fitted number says how it was found, and promises no more`() {
        let results = Self.results(kind: .crossFitted)
        for report in [MarkdownReport.render(results), HTMLReport.render(results)] {
            #expect(report.contains("measured on the 40 questions of the search, cross-fitted"))
            #expect(report.contains("The naive number would have been 0.700"))
            #expect(report.contains("All metrics of the winner, on the questions that chose it, so they are too good"))
            #expect(!report.contains("This number is optimistic."))
        }
        #expect(SearchSummary.text(results).contains("on the 40 questions of the search, cross-fitted"))
    }

    @Test func `Which questions to write more of is said where a type has few`() {
        var results = Self.results()
        #expect(!MarkdownReport.render(results).contains("has few"))
        results.slices += [
            SearchResults.Slice(type: "how-to", questions: 4, winner: 0.5, baseline: 0.5),
            SearchResults.Slice(type: "concept", questions: 3, winner: 0.5, baseline: 0.5),
        ]
        #expect(MarkdownReport.render(results).contains("of which the result has few: concept (3), how-to (4)."))
    }

    @Test func `Which trials are worse than others stands beside them, with what that is worth`() {
        var results = Self.results()
        let whole = SearchResults.Estimate(value: 0.1, lower: -0.2, upper: 0.4)
        let verdicts: [CandidateComparison.Verdict] = [.worse, .leader, .undetermined]
        results.inference = SearchResults.Inference(
            leader: 1, error: 0.05, margin: 0.02,
            trials: verdicts.enumerated().map { number, verdict in
                SearchResults.Inference.Finding(trial: number, verdict: verdict, pValue: 0.5, difference: whole)
            }
        )
        let markdown = MarkdownReport.render(results)
        #expect(markdown.contains("| Not measured | Compared with the best | Configuration |"))
        #expect(markdown.contains("| 0 | worse | as 1, but 256 tokens |"))
        #expect(
            markdown.contains("1 of 3 configurations is worse than the best one; the chance that this list contains"))
        #expect(
            markdown.contains("Of the other one these questions cannot tell whether it is worse than the best here"))
        #expect(!markdown.contains("theory of the 5 %"))
        results.sampler = "tpe"
        results.inference?.trials[0].verdict = .noDifference
        let html = HTMLReport.render(results)
        #expect(html.contains("Of none of the 3 configurations can it be said that another one is better"))
        #expect(html.contains("1 makes no difference to the best here: less than 0.020 either way"))
        #expect(html.contains("The theory of the 5 % leaves out"))
        #expect(!MarkdownReport.render(Self.results()).contains("Compared with the best"))
    }

    @Test func `Of the best that cannot be told from the leader it says how many questions would`() {
        var results = Self.results()
        let whole = SearchResults.Estimate(value: 0.1, lower: -0.2, upper: 0.4)
        results.inference = SearchResults.Inference(
            leader: 1, error: 0.05, margin: 0.02,
            trials: [.undetermined, .leader, .undetermined].enumerated().map { number, verdict in
                SearchResults.Inference.Finding(trial: number, verdict: verdict, pValue: 0.5, difference: whole)
            }
        )
        #expect(!MarkdownReport.render(results).contains("Questions that would tell"))
        results.inference?.trials[0].paired = SearchResults.Estimate(value: 0.012, lower: -0.01, upper: 0.034)
        results.inference?.trials[0].questionsToTell = 640
        #expect(MarkdownReport.render(results).contains("| 0 | 0.012 | −0.010 to 0.034 | 640 |"))
        results.inference?.trials[0].questionsToTell = 2_000_000
        #expect(MarkdownReport.render(results).contains("| more than 10000 |"))
        results.inference?.trials[0].questionsToTell = nil
        #expect(MarkdownReport.render(results).contains("| none: on average they are equal |"))
    }

    @Test func `Which choices matter is said where it was learned`() {
        var results = Self.results()
        #expect(!MarkdownReport.render(results).contains("Which choices matter"))
        let share = SearchResults.Importance.Share(names: ["chunker"], share: 0.6, lower: 0.5, upper: 0.7)
        let pair = SearchResults.Importance.Share(names: ["chunker", "retriever"], share: 0.2, lower: 0, upper: 0.3)
        results.importance = SearchResults.Importance(
            parameters: [share], interactions: [pair], accuracy: 0.9, trials: 100)
        let markdown = MarkdownReport.render(results)
        #expect(markdown.contains("| chunker | 60 % | 50 % to 70 % |"))
        #expect(markdown.contains("| chunker × retriever | 20 % | 0 % to 30 % |"))
        results.importance?.trials = 30
        #expect(HTMLReport.render(results).contains("30 trials are too few to say which choices matter"))
        results.importance?.isWholeSpace = true
        #expect(MarkdownReport.render(results).contains("| chunker | 60 % | 50 % to 70 % |"))
        results.importance?.accuracy = 0.1
        #expect(HTMLReport.render(results).contains("30 trials do not say which choices matter"))
    }

    @Test func `Held-out questions are not listed`() {
        var results = Self.results(question: "Secret?")
        results.questions[0].heldOut = true
        #expect(!MarkdownReport.render(results).contains("Secret?"))
    }

    @Test func `A search without a measured trial still gives reports`() {
        var results = Self.results()
        results.trials = []
        #expect(HTMLReport.render(results).contains("not among the trials"))
        #expect(MarkdownReport.render(results).contains("not among the trials"))
    }

    @Test func `The table of trials quotes its cells`() {
        let lines = TrialTable.csv(Self.results()).split(separator: "\n")
        #expect(
            lines.first
                == "trial,origin,state,score,lower,upper,failures,metric.evidence_recall,parameter.chunk.size,parameter.chunker"
        )
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix("0,default,complete,0.5,0.4,0.6,0,0.5,256,structure"))
        #expect(lines[2].hasPrefix("1,\"a,\"\"b\"\"\",complete,0.7,"))
    }

    @Test(arguments: [
        ("a", "a"), ("a,b", "\"a,b\""), ("a\r\nb", "\"a\r\nb\""), ("=1+2", "'=1+2"), ("-a", "'-a"), ("+a", "'+a"),
        ("@a,b", "\"'@a,b\""),
    ])
    func `A text cell is no formula`(text: String, expected: String) {
        #expect(TrialTable.cell(text) == expected)
    }

    @Test func `The table of questions is one JSON object a line`() throws {
        let text = QuestionTable.jsonl(Self.results(question: "=\"a\"\nb"))
        #expect(text.components(of: "\n") == 1)
        let value = try JSONValue(parsing: text)
        #expect(value["question"]?.string == "=\"a\"\nb")
        #expect(value["found"]?.array?.count == 2)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
