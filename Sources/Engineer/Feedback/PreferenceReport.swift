package import Base
package import Statistics
package import Storage

/// What people preferred who saw the answers of two releases side by side.
package struct PreferenceReport: Sendable {
    /// Which of two releases is preferred.
    package struct Pair: Sendable, Hashable {
        package let better: Int
        package let other: Int
        /// How probable it is that the better one is preferred, neither being shown first.
        package let probability: Interval
        /// So many of the votes for the better one, left out, would turn the order around.
        package let votesToTurn: Int

        /// Whether the order is told by more than chance.
        package var isSeparable: Bool { probability.lower > 0.5 }
    }

    /// Of fewer comparisons no rating is told: votes that are all alike would have an interval without width.
    package static let least = 10

    /// How many comparisons count, and how many came in floods.
    package let comparisons: Int
    package let damped: Int
    /// How many ended in a tie.
    package let ties: Int
    /// The ratings by release, the best first; empty where there is nothing to fit.
    package let ratings: [(release: Int, rating: Interval)]
    /// How much being shown first is worth, as a difference of ratings; nil where it cannot be told.
    package let position: Interval?
    /// Each pair of releases that were rated, the better one first.
    package let pairs: [Pair]
    /// Why there are no ratings; nil where there are.
    package let unrated: String?

    /// Fits the comparisons. The advantage of being shown first is estimated with the ratings; where the votes are too few for
    /// both, the ratings alone are fitted: who is shown first is drawn by lot, so that it averages out.
    package init(_ rows: [ComparisonRow]) {
        let counted = rows.filter { $0.counts && $0.first != $0.second }
        comparisons = counted.count
        damped = rows.count - counted.count
        ties = counted.count { $0.outcome == "tie" }
        let votes = counted.compactMap { row in
            row.outcome.flatMap(PairedComparison<Int>.Outcome.init).map { PairedComparison(row.first, row.second, $0) }
        }
        guard votes.count >= Self.least else {
            (ratings, position, pairs) = ([], nil, [])
            unrated =
                "there are \(votes.count) comparisons that count, and \(Self.least) are the least that ratings are told of."
            return
        }
        let fit: BradleyTerry<Int>
        do throws(StatisticsError) {
            if let both = try? BradleyTerry(votes, position: true) {
                fit = both
            } else {
                fit = try BradleyTerry(votes)
            }
        } catch {
            (ratings, position, pairs, unrated) = ([], nil, [], error.message)
            return
        }
        let ranked = zip(fit.competitors, fit.ratings).sorted { $0.1.estimate > $1.1.estimate }
        ratings = ranked.map { (release: $0.0, rating: $0.1) }
        position = fit.position
        unrated = nil
        var pairs: [Pair] = []
        for (place, better) in ranked.enumerated() {
            for other in ranked[(place + 1)...] {
                guard let probability = fit.probability(that: better.0, beats: other.0) else { continue }
                pairs.append(
                    Pair(
                        better: better.0, other: other.0, probability: probability,
                        votesToTurn: Self.votesToTurn(votes, better.0, other.0)))
            }
        }
        self.pairs = pairs
    }

    /// By how many wins the better one leads in their direct comparisons, and one more.
    private static func votesToTurn(_ votes: [PairedComparison<Int>], _ better: Int, _ other: Int) -> Int {
        var lead = 0
        for vote in votes where Set([vote.first, vote.second]) == [better, other] {
            switch vote.outcome {
            case .first: lead += vote.first == better ? 1 : -1
            case .second: lead += vote.second == better ? 1 : -1
            case .tie: break
            }
        }
        return max(0, lead) + 1
    }

    /// The fields of `neo feedback --json`.
    package var json: JSONValue {
        [
            "comparisons": .integer(comparisons), "damped": .integer(damped), "ties": .integer(ties),
            "ratings": .array(
                ratings.map { ["release": .integer($0.release), "rating": ThumbReport.json($0.rating)] }),
            "first_shown": position.map(ThumbReport.json) ?? .null,
            "pairs": .array(
                pairs.map { pair in
                    [
                        "better": .integer(pair.better), "other": .integer(pair.other),
                        "probability": ThumbReport.json(pair.probability), "separable": .bool(pair.isSeparable),
                        "votes_to_turn": .integer(pair.votesToTurn),
                    ]
                }),
            "unrated": unrated.map { .string($0) } ?? .null,
        ]
    }
}
