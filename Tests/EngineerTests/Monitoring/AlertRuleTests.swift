import Base
import Storage
import Testing

@testable import Engineer

@Suite struct AlertRuleTests {
    private func counts(_ failed: Int, of requests: Int) -> ServiceCounts {
        var counts = ServiceCounts()
        (counts.failed, counts.requests) = (failed, requests)
        return counts
    }

    /// The rule of errors, where each window has had the same.
    private func finding(_ failed: Int, of requests: Int, lately: (Int, Int)? = nil) -> RuleFinding? {
        let rule = AlertRule(.errors, target: 0.99)
        let shorts = Set(rule.windows.map(\.shortSeconds)).subtracting(rule.windows.map(\.longSeconds))
        return rule.finding { seconds in
            if let lately, shorts.contains(seconds) {
                counts(lately.0, of: lately.1)
            } else {
                counts(failed, of: requests)
            }
        }
    }

    @Test(
        "How much burns how fast decides who is told",
        arguments: [
            (0, 1000, nil), (9, 1000, nil),
            // At least 1 %, surely: a ticket.
            (30, 1000, ServiceAlert.Severity.ticket), (80, 1000, .page), (200, 1000, .page),
        ])
    func severity(failed: Int, requests: Int, expected: ServiceAlert.Severity?) {
        #expect(finding(failed, of: requests)?.severity == expected)
    }

    @Test(
        "Where little comes in, one or two failures are no alarm, and as many as most are",
        arguments: [(1, 1, false), (1, 3, false), (2, 2, false), (2, 10, false), (3, 4, true), (5, 12, true)])
    func lowTraffic(failed: Int, requests: Int, isFound: Bool) {
        #expect((finding(failed, of: requests) != nil) == isFound)
    }

    @Test func `what is over in the short windows is urgent no more, and a ticket for hours`() {
        #expect(finding(200, of: 1000, lately: (0, 50))?.severity == .ticket)
        #expect(finding(200, of: 1000, lately: (0, 0))?.severity == .ticket)
        #expect(finding(200, of: 1000, lately: (20, 50))?.severity == .page)
        #expect(finding(0, of: 0) == nil)
    }

    @Test func `a finding has its numbers with their interval, and a command for the folder as it is named`() throws {
        let found = try #require(finding(200, of: 1000))
        #expect(found.title.contains("200 of 1000") && found.title.contains("20.0 %"))
        #expect(found.evidence["bad"]?.integer == 200)
        let (lower, upper) = (
            try #require(found.evidence["share_lower"]?.number), try #require(found.evidence["share_upper"]?.number)
        )
        #expect(lower < 0.2 && upper > 0.2)
        let command = AlertRule(.errors, target: 0.99).command("/tmp/it's; rm -rf $HOME")
        #expect(command.hasSuffix("--project '/tmp/it'\\''s; rm -rf $HOME'"))
    }

    @Test func `a budget that cannot burn so fast is judged by what is left of it`() {
        var rule = AlertRule(.abstentions, target: 0.5)
        rule.windows = [AlertRule.Window(long: 3600, short: 300, factor: 14.4, severity: .page)]
        var counts = ServiceCounts()
        (counts.questions, counts.abstained) = (100, 60)
        #expect(rule.finding { _ in counts } == nil)
        counts.abstained = 95
        #expect(rule.finding { _ in counts } != nil)
    }

    @Test func `dollars are an alarm where their time's share is spent several times over`() {
        let rule = AlertRule(.cost, target: 1, dollarsPerDay: 24)
        func found(_ dollars: Double) -> RuleFinding? {
            var counts = ServiceCounts()
            (counts.dollars, counts.requests) = (dollars, 10)
            return rule.finding { _ in counts }
        }
        // A dollar an hour is allowed, 14.4 in the first window.
        #expect(found(10)?.window.longSeconds != 3600)
        #expect(found(20)?.severity == .page)
        #expect(found(0.01) == nil)
    }

    @Test func `of answers half a second slower than allowed all are bad, and failures are not slow too`() {
        var counts = ServiceCounts()
        (counts.requests, counts.failed, counts.slow) = (50, 10, 40)
        let share = AlertRule(.latency, target: 0.95).share(of: counts)
        #expect(share.bad == 40 && share.all == 40)
    }
}
