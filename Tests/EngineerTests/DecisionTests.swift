import Statistics
import Testing

@testable import Engineer

@Suite struct DecisionTests {
    private func constraint(_ text: String) throws -> Constraint { try ConstraintParser.parse(text, line: 1) }

    private func candidate(_ trial: Int, _ milliseconds: [Double], failures: Int = 0) throws -> Decision.Candidate {
        let checks = ConstraintChecks(
            constraints: [try constraint("p95_latency <= 50 ms")], groups: { _ in nil })
        return Decision.Candidate(
            trial: trial,
            evidence: checks.latency(InterleavedLatency.Samples(milliseconds: milliseconds, failures: failures)))
    }

    private func same(_ value: Double, _ count: Int) -> [Double] { Array(repeating: value, count: count) }

    @Test func `Many fast requests are feasible, many slow ones infeasible, few fast ones undetermined`() throws {
        #expect(try candidate(0, same(10, 59)).outcome == .feasible)
        #expect(try candidate(0, same(10, 58)).outcome == .undetermined)
        #expect(try candidate(0, same(60, 5)).outcome == .infeasible)
        #expect(try candidate(0, []).outcome == .undetermined)
        #expect(try candidate(0, same(10, 190) + same(60, 10)).outcome == .undetermined)
    }

    @Test func `A request that failed counts as slower than any limit`() throws {
        #expect(try candidate(0, same(10, 100), failures: 100).outcome == .infeasible)
    }

    @Test func `A size is decided exactly, the limit itself included`() throws {
        let size = try constraint("index_size <= 2 kB")
        for (bytes, outcome) in [(2000.0, Decision.Outcome.feasible), (2001, .infeasible)] {
            #expect(Decision.Candidate(trial: 0, evidence: [(size, .exact(bytes))]).outcome == outcome)
        }
    }

    @Test func `Holm asks more of several constraints than of one, and exact ones cost nothing`() throws {
        let test = { LimitTest(below: $0, above: 1) }
        let first = (try constraint("p95_latency <= 50 ms"), ConstraintEvidence.tested(1, test(0.03)))
        let second = (try constraint("p50_latency <= 20 ms"), ConstraintEvidence.tested(1, test(0.04)))
        let size = (try constraint("index_size <= 2 kB"), ConstraintEvidence.exact(1))
        #expect(Decision.Candidate(trial: 0, evidence: [first]).outcome == .feasible)
        #expect(Decision.Candidate(trial: 0, evidence: [first, size]).outcome == .feasible)
        #expect(Decision.Candidate(trial: 0, evidence: [first, second]).outcome == .undetermined)
    }

    @Test func `Only a feasible configuration is the winner, though a better one is undetermined`() throws {
        let slow = try candidate(1, same(60, 200))
        let open = try candidate(2, same(10, 20))
        let fast = try candidate(3, same(10, 200))
        #expect(Decision([slow, open, fast])?.chosen == 3)
        #expect(Decision([slow, open, fast])?.outcome == .feasible)
        #expect(Decision([slow, open])?.chosen == 2)
        #expect(Decision([slow, open])?.outcome == .undetermined)
        #expect(Decision([]) == nil)
    }

    @Test func `Where nothing is feasible the nearest is named with its binding constraint`() throws {
        var results = ReportTests.results()
        results.decision = Decision([try candidate(1, same(200, 200)), try candidate(2, same(60, 200))])
        results.winner = 2
        #expect(results.decision?.outcome == .infeasible)
        let sentence = try #require(DecisionWords.unmet(results))
        #expect(
            sentence.contains("The nearest is trial 2: it misses \"p95_latency <= 50 ms\" with 60.0 ms, 20 % beyond"))
        for report in [MarkdownReport.render(results), HTMLReport.render(results)] {
            #expect(report.contains("There is no winner. The configuration that is nearest"))
            #expect(!report.contains("The winner is trial"))
            // Nowhere in the tables either; a page's style names its colour.
            let text = report.replacing("There is no winner", with: "").replacing("No winner:", with: "")
                .replacing(/<style>.*?<\/style>/.dotMatchesNewlines(), with: "")
                .replacing(/class="[^"]*"/, with: "")
            #expect(
                !text.lowercased().contains("winner"),
                "\(text.lowercased().firstRange(of: "winner").map { text[$0.lowerBound...].prefix(80) } ?? "")")
        }
        #expect(SearchSummary.text(results).hasPrefix("Nearest to the constraints (trial 2"))
    }

    @Test func `An undetermined best is not called winner`() throws {
        var results = ReportTests.results()
        results.decision = Decision([try candidate(1, same(10, 20))])
        #expect(SearchSummary.text(results).hasPrefix("Best, undetermined (trial 1"))
        #expect(DecisionWords.unmet(results)?.contains("\"p95_latency <= 50 ms\" is undetermined") == true)
        results.decision = Decision([try candidate(1, same(10, 200))])
        #expect(SearchSummary.text(results).hasPrefix("Winner (trial 1"))
        #expect(DecisionWords.unmet(results) == nil)
    }
}
