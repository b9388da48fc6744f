import Base
import Testing

@testable import Engineer

@Suite struct ReleaseGateTests {
    @Test(
        "The interval of the difference and the margin decide",
        arguments: [
            (-0.01, 0.05, GateReport.Verdict.notWorse), (-0.02, 0.0, .notWorse), (0.1, 0.2, .notWorse),
            (-0.03, 0.05, .undetermined), (-0.5, -0.02, .undetermined), (-0.5, -0.03, .worse),
        ])
    func verdict(lower: Double, upper: Double, expected: GateReport.Verdict) {
        let difference = SearchResults.Estimate(value: (lower + upper) / 2, lower: lower, upper: upper)
        #expect(ReleaseGate.verdict(difference, margin: 0.02) == expected)
    }

    @Test func `how many more questions would decide follows from how far apart they are`() throws {
        let few = [0.1, -0.1, 0.2, 0.0, -0.1, 0.1, 0.1, -0.2, 0.0, 0.1]
        let more = try #require(ReleaseGate.moreQuestions(few, groups: nil, margin: 0.02))
        // Twice as far from the margin is decided by fewer.
        let fewer = try #require(ReleaseGate.moreQuestions(few, groups: nil, margin: 0.06))
        #expect(more > fewer && fewer >= 1)
    }

    @Test func `of differences that are all 0 so many are needed as Wilson's interval asks for`() throws {
        let zeros = Array(repeating: 0.0, count: 20)
        let more = try #require(ReleaseGate.moreQuestions(zeros, groups: nil, margin: 0.02))
        let enough = ScoreTable.estimate(differences: Array(repeating: 0, count: 20 + more))
        let oneLess = ScoreTable.estimate(differences: Array(repeating: 0, count: 19 + more))
        #expect(ReleaseGate.verdict(enough, margin: 0.02) == .notWorse)
        #expect(ReleaseGate.verdict(oneLess, margin: 0.02) == .undetermined)
    }

    private func report(
        _ verdict: GateReport.Verdict, _ outcomes: [Decision.Outcome] = [], openings: Int? = nil
    ) -> GateReport {
        GateReport(
            verdict: verdict, objective: "evidence_ndcg", release: 2, incumbent: 1, questions: 30, isHeldOut: true,
            margin: 0.02, marginSource: "the default", openings: openings,
            constraints: outcomes.map {
                Decision.Finding(constraint: "p95_latency <= 5 ms", measured: "4 ms", outcome: $0, excess: 0)
            }, machine: [:], notes: [])
    }

    @Test func `a person decides only what is undetermined`() {
        #expect(report(.notWorse).outcome == .feasible)
        #expect(report(.first, [.feasible]).outcome == .feasible)
        #expect(report(.notWorse, [.feasible, .undetermined]).outcome == .undetermined)
        #expect(report(.undetermined).outcome == .undetermined)
        #expect(report(.undetermined, [.infeasible]).outcome == .infeasible)
        #expect(report(.worse, [.feasible]).outcome == .infeasible)
    }

    @Test func `from the fifth opening on it asks for fresh questions`() {
        #expect(!report(.notWorse, openings: 4).asksForFreshQuestions)
        #expect(report(.notWorse, openings: 5).asksForFreshQuestions)
        #expect(report(.notWorse, openings: 5).text.contains("Write fresh questions"))
        #expect(!report(.notWorse, openings: 4).text.contains("fresh"))
    }

    @Test func `a report is read back as it was kept`() throws {
        let kept = report(.undetermined, [.feasible], openings: 3)
        #expect(try kept.json.decoded(as: GateReport.self) == kept)
    }
}
