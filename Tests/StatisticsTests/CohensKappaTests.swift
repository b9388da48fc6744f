import Statistics
import Testing

@Suite struct CohensKappaTests {
    /// Values of statsmodels 0.15.0.
    @Test(arguments: [
        ([[20, 5], [10, 15]], [0.4, 0.151092290476661, 0.6489077095233389]),
        ([[45, 15], [25, 15]], [0.13043478260869554, -0.06293827779258965, 0.3238078430099807]),
        ([[10, 2, 1], [1, 8, 3], [0, 2, 13]], [0.6597353497164462, 0.4653842197312234, 0.854086479701669]),
    ])
    func `Kappa and its interval are those of statsmodels`(table: [[Int]], expected: [Double]) throws {
        var (first, second): ([Int], [Int]) = ([], [])
        for (row, counts) in table.enumerated() {
            for (column, count) in counts.enumerated() {
                first += Array(repeating: row, count: count)
                second += Array(repeating: column, count: count)
            }
        }
        let kappa = try #require(try cohensKappa(first, second))
        for (ours, theirs) in zip([kappa.estimate, kappa.lower, kappa.upper], expected) {
            #expect(abs(ours - theirs) < 1e-12)
        }
    }

    @Test func `Agreement on everything leaves room for what was missed`() throws {
        let labels = Array(repeating: [true, false, true], count: 10).flatMap(\.self)
        let kappa = try #require(try cohensKappa(labels, labels))
        #expect(kappa.estimate == 1 && kappa.upper == 1)
        #expect(kappa.lower > 0.7 && kappa.lower < 0.8)
    }

    @Test func `One category for all says nothing; no items and odd lists are refused`() throws {
        #expect(try cohensKappa([1, 1, 1], [1, 1, 1]) == nil)
        #expect(try cohensKappa([1, 1, 1], [2, 2, 2])?.estimate == 0)
        #expect(throws: StatisticsError.self) { try cohensKappa([Int](), []) }
        #expect(throws: StatisticsError.self) { try cohensKappa([1], [1, 2]) }
    }
}
