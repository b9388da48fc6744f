/// What can be said of several candidates that were measured on the same items in the same order, some of them not to
/// the end.
///
/// Against each candidate somebody bets, item by item, that the leader does better; the leader is whoever was best on
/// the items before. For a candidate that none of the others surpasses such a bet does not pay on average, whoever leads, so
/// its ``BettingTest`` holds though the data choose the leader, and whenever the candidate was stopped. Holm's procedure over all
/// candidates makes the probability that any candidate is wrongly called worse at most `error`.
///
/// "No difference" says that the ``bettingInterval(_:groups:confidence:)`` of final leader minus candidate lies within
/// the margin; it is made for all pairs of candidates at once (Bonferroni), because the data choose the leader.
///
/// Both claims take candidates and order as given. A search is less strict: a race orders its items by what the first
/// trial scored on them, and a sampler proposes what is like the best so far on these very items. Whole searches among
/// equals were simulated for that reason (`FamilyWiseErrorTests`), also with luck that similar candidates share: how often
/// any was called worse stayed far below `error`.
///
/// ```swift
/// let comparison = try CandidateComparison(scores)
/// comparison.findings[3].verdict  // .worse
/// ```
public struct CandidateComparison: Sendable, Hashable {
    /// What is said of a candidate.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// The best on all items; of equal ones the first.
        case leader
        /// Another candidate is better.
        case worse
        /// Leader and candidate differ by less than the margin.
        case noDifference = "no difference"
        /// These items cannot tell.
        case undetermined
    }

    /// What was found of one candidate.
    public struct Finding: Sendable, Hashable {
        /// The judgement.
        public var verdict: Verdict
        /// How probable so much evidence against it is if nothing surpasses it; adjusted by Holm's procedure.
        public var pValue: Double
        /// Leader minus candidate on the items that both were measured on; all such intervals hold together.
        public var difference: Interval
    }

    /// The place of the leader.
    public let leader: Int
    /// One a candidate.
    public let findings: [Finding]
    /// Up to what difference two candidates count as alike.
    public let margin: Double
    /// How probable it may be, at most, that any candidate is wrongly called worse; likewise for "no difference".
    public let error: Double

    /// Compares.
    ///
    /// - Parameters:
    ///   - scores: Of each candidate its scores on the first items of the common order, from 0 to 1, larger is better;
    ///     fewer where it was stopped early. Take the order from ``comparisonOrder(_:measured:using:)``.
    ///   - groups: The name of each item's group, in the common order; groups are bet on as a whole, in the order in which they
    ///     are complete, and of a candidate that was stopped within a group without that group.
    ///   - error: The error allowed for each of the two claims.
    ///   - margin: What counts as no difference.
    /// - Throws: ``StatisticsError`` where there are no scores, or a score is not between 0 and 1.
    public init(
        _ scores: [[Double]], groups: [String]? = nil, error: Double = 0.05, margin: Double = 0.02
    ) throws(StatisticsError) {
        try check(confidence: 1 - error)
        for row in scores { try check(row, atLeast: 0) }
        guard let items = scores.map(\.count).max(), items > 0 else {
            throw StatisticsError(.tooFew, "There are no scores to compare; at least one candidate needs one.")
        }
        guard scores.allSatisfy({ $0.allSatisfy { (0...1).contains($0) } }) else {
            throw StatisticsError(.badArgument, "Candidates are compared by scores from 0 to 1, and some lie outside.")
        }
        guard groups.map({ $0.count >= items }) ?? true else {
            throw StatisticsError(.lengthsDiffer, "There are \(items) items; each needs the name of its group.")
        }
        let blocks = ItemBlocks(items: items, groups: groups)
        let last = scores.indices.filter { scores[$0].count == items }
        let leader = last.first { place in last.allSatisfy { total(scores[place]) >= total(scores[$0]) } } ?? 0
        let adjusted = holmAdjusted(Self.pValues(scores, blocks))
        let pairs = max(scores.count * (scores.count - 1) / 2, 1)
        var findings: [Finding] = []
        for (place, row) in scores.enumerated() {
            let common = blocks.blocks.prefix { ($0.last ?? 0) < row.count }.joined()
            let differences = common.map { scores[leader][$0] - row[$0] }
            let interval =
                place == leader
                ? Interval(estimate: 0, lower: 0, upper: 0, confidence: 1 - error)
                : differences.isEmpty
                    ? Interval(estimate: 0, lower: -1, upper: 1, confidence: 1 - error)
                    : try bettingInterval(
                        differences, groups: groups.map { groups in common.map { groups[$0] } },
                        confidence: 1 - error / Double(pairs)
                    )
            let isAlike = interval.lower >= -margin && interval.upper <= margin
            let verdict: Verdict =
                place == leader
                ? .leader : adjusted[place] <= error ? .worse : isAlike ? .noDifference : .undetermined
            findings.append(Finding(verdict: verdict, pValue: adjusted[place], difference: interval))
        }
        self.leader = leader
        self.findings = findings
        self.margin = margin
        self.error = error
    }

    /// The p-value of each candidate against whoever led.
    private static func pValues(_ scores: [[Double]], _ blocks: ItemBlocks) -> [Double] {
        var tests = Array(repeating: BettingTest(), count: scores.count)
        var totals = Array(repeating: 0.0, count: scores.count)
        for block in blocks.blocks {
            let end = (block.last ?? 0) + 1
            let present = scores.indices.filter { scores[$0].count >= end }
            guard let first = present.first else { break }
            // Only what lies before this block may choose the leader.
            let leader = present.reduce(first) { totals[$1] > totals[$0] ? $1 : $0 }
            let sums = present.map { candidate in block.reduce(0.0) { $0 + scores[candidate][$1] } }
            let leading = block.reduce(0.0) { $0 + scores[leader][$1] }
            for (candidate, sum) in zip(present, sums) {
                if candidate != leader { tests[candidate].add(sum: leading - sum, of: block.count) }
                totals[candidate] += sum
            }
        }
        return tests.map(\.pValue)
    }
}

private func total(_ values: [Double]) -> Double { values.reduce(0, +) }

/// The items of a common order in blocks that are bet on as a whole, in the order in which they are complete.
private struct ItemBlocks {
    /// The places of each block's items, ascending.
    let blocks: [[Int]]

    init(items: Int, groups: [String]?) {
        guard let groups else {
            blocks = (0..<items).map { [$0] }
            return
        }
        let byGroup = Dictionary(grouping: 0..<items) { groups[$0] }
        blocks = byGroup.values.sorted { ($0.last ?? 0) < ($1.last ?? 0) }
    }
}
