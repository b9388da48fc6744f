import Testing

@testable import Statistics

@Suite struct CredibleBoundTests {
    // scipy.stats.beta.ppf(0.95, successes + 1, count - successes + 1).
    @Test(arguments: [
        (0, 12, 0.2058166651865505), (3, 20, 0.32921101946255127), (1, 298, 0.015766783127611372),
        (12, 12, 0.9960621357723555), (0, 298, 0.009969146792899284), (0, 0, 0.95),
    ])
    func `the bound is the quantile of the posterior under a uniform prior`(successes: Int, count: Int, bound: Double)
        throws
    {
        #expect(abs(try credibleUpperBound(successes: successes, of: count) - bound) < 1e-9)
    }

    @Test func `more successes than trials are refused`() {
        #expect(throws: StatisticsError.self) { try credibleUpperBound(successes: 3, of: 2) }
        #expect(throws: StatisticsError.self) { try credibleUpperBound(successes: 0, of: -1) }
        #expect(throws: StatisticsError.self) { try credibleUpperBound(successes: 0, of: 5, credibility: 1) }
    }
}
