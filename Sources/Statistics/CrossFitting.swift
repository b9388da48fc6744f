public import Base

/// How well the selection of the best of several candidates does on new items, found with the items that also chose it:
/// bootstrap bias-corrected cross-validation.
///
/// The best candidate's own mean is too high, because the best of many is partly lucky. Here the items are drawn anew with
/// replacement, again and again; each time the best candidate on the drawn items is scored on those that were not
/// drawn. The estimate is the mean of those scores, the interval runs between their quantiles. It rests on about a third
/// of the items at a time, so it is rather too wide than too narrow.
///
/// Source: I. Tsamardinos, E. Greasidou, G. Borboudakis, "Bootstrapping the out-of-sample predictions for efficient and
/// accurate cross-validation", Machine Learning 107 (2018), algorithm 4.
public struct CrossFitting: Sendable, Hashable {
    /// The candidate that the selection chooses.
    public let selected: Interval
    /// The candidate that it is compared with.
    public let baseline: Interval
    /// Selected minus baseline, on the same items.
    public let difference: Interval

    /// Selects and scores again and again.
    ///
    /// - Parameters:
    ///   - scores: Of each candidate one score an item, larger is better; all on the same items in the same order.
    ///   - other: What the selected one is scored by, where that is something else than what selects; on the same items.
    ///   - baseline: The place of the candidate that the selected one is compared with.
    ///   - groups: The name of each item's group, drawn as a whole; nil where each item is its own group.
    ///   - confidence: Two-sided, e.g. 0.95.
    ///   - resamples: How often.
    ///   - generator: Where the randomness comes from; equal generators give equal results.
    /// - Throws: ``StatisticsError`` where there are no candidates, fewer than two groups, or scores that do not fit.
    public init(
        _ scores: [[Double]], judgedBy other: [[Double]]? = nil, baseline: Int, groups: [String]? = nil,
        confidence: Double = 0.95, resamples: Int = 2000,
        using generator: SplitMix64
    ) throws(StatisticsError) {
        try check(confidence: confidence)
        guard scores.indices.contains(baseline), resamples > 0 else {
            throw StatisticsError(
                .badArgument,
                "Candidate \(baseline) of \(scores.count) and \(resamples) resamples allow no comparison."
            )
        }
        guard other.map({ $0.count == scores.count }) ?? true else {
            throw StatisticsError(.lengthsDiffer, "Not every candidate has both kinds of scores.")
        }
        var sums: [[Double]] = []
        var counts: [Double] = []
        for row in scores + (other ?? []) {
            try check(row, atLeast: 2)
            guard row.count == scores[0].count else {
                throw StatisticsError(
                    .lengthsDiffer,
                    "Candidates have \(scores[0].count) and \(row.count) scores; all need the same items."
                )
            }
            let grouped = try Groups(row, by: groups)
            sums.append(grouped.sums)
            counts = grouped.counts
        }
        guard counts.count >= 2 else {
            throw StatisticsError(.tooFew, "All items are of one group, so that none is left to score on.")
        }
        var resampler = Resampler(
            sums: Array(sums.prefix(scores.count)), judged: Array(sums.suffix(scores.count)), counts: counts,
            generator: generator)
        var found: (selected: [Double], baseline: [Double]) = ([], [])
        for _ in 0..<resamples {
            let drawn = resampler.draw()
            let best = resampler.best(of: drawn)
            found.selected.append(resampler.score(best, outside: drawn))
            found.baseline.append(resampler.score(baseline, outside: drawn))
        }
        selected = Self.interval(found.selected, confidence)
        self.baseline = Self.interval(found.baseline, confidence)
        difference = Self.interval(zip(found.selected, found.baseline).map { $0 - $1 }, confidence)
    }

    private static func interval(_ scores: [Double], _ confidence: Double) -> Interval {
        let sorted = scores.sorted()
        let estimate = scores.reduce(0, +) / Double(scores.count)
        let tail = (1 - confidence) / 2
        return Interval(
            estimate: estimate, lower: quantile(tail, ofSorted: sorted) ?? estimate,
            upper: quantile(1 - tail, ofSorted: sorted) ?? estimate, confidence: confidence
        )
    }
}

/// Draws groups with replacement, and scores candidates inside and outside of what was drawn.
private struct Resampler {
    /// By candidate and group.
    let sums: [[Double]]
    /// The same of what candidates are scored by.
    let judged: [[Double]]
    let counts: [Double]
    var generator: SplitMix64

    /// How often each group was drawn; at least one was not.
    mutating func draw() -> [Double] {
        while true {
            var drawn = Array(repeating: 0.0, count: counts.count)
            for _ in counts { drawn[Int(generator.next(upperBound: UInt64(counts.count)))] += 1 }
            if drawn.contains(0) { return drawn }
        }
    }

    /// The candidate with the greatest mean on what was drawn; of equal ones the first. All means are over the same items,
    /// so their sums decide.
    func best(of drawn: [Double]) -> Int {
        var best = 0
        var greatest = -Double.infinity
        for (candidate, row) in sums.enumerated() {
            var sum = 0.0
            for place in row.indices { sum += row[place] * drawn[place] }
            // Equal sums may round differently.
            if sum > greatest + 1e-9 { (best, greatest) = (candidate, sum) }
        }
        return best
    }

    /// The mean of a candidate on what was not drawn.
    func score(_ candidate: Int, outside drawn: [Double]) -> Double {
        var (sum, count) = (0.0, 0.0)
        for place in drawn.indices where drawn[place] == 0 {
            sum += judged[candidate][place]
            count += counts[place]
        }
        return sum / count
    }
}
