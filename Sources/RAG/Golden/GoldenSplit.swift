internal import Base

/// Which questions the search may see, and which only the final estimate.
package struct GoldenSplit: Sendable, Hashable {
    /// The ids that the search sees.
    package var search: [String]
    /// The ids that are kept back; empty where there are too few questions.
    package var heldOut: [String]

    package init(search: [String], heldOut: [String]) {
        self.search = search
        self.heldOut = heldOut
    }

    /// Splits the questions.
    ///
    /// A row that names its side goes there, and takes the rows along that belong with it. The others are drawn, by
    /// `seed` alone, so that each type with at least 5 rows has `heldOutShare` of its rows held out (the rarer types
    /// together likewise). Questions that share evidence, a group or nearly all words stay together. With fewer than
    /// `minimum` answerable questions nothing is drawn: a held-out part would be too small to say anything.
    ///
    /// The result does not depend on the order of the questions, except for the order of the ids.
    package static func make(
        _ questions: [GoldenQuestion], seed: UInt64, heldOutShare: Double = 0.4, minimum: Int = 100
    ) -> GoldenSplit {
        let sorted = questions.sorted { $0.id < $1.id }
        var heldOut = Set(sorted.filter { $0.split == .heldOut }.map(\.id))
        if sorted.count(where: \.isAnswerable) >= minimum {
            heldOut.formUnion(drawn(from: sorted, seed: seed, share: heldOutShare))
        }
        return GoldenSplit(
            search: questions.map(\.id).filter { !heldOut.contains($0) },
            heldOut: questions.map(\.id).filter { heldOut.contains($0) }
        )
    }

    private static func drawn(from questions: [GoldenQuestion], seed: UInt64, share: Double) -> Set<String> {
        let counts = Dictionary(grouping: questions, by: \.type).mapValues(\.count)
        func stratum(_ question: GoldenQuestion) -> String {
            question.type.flatMap { counts[$0, default: 0] >= 5 ? "type \($0)" : nil } ?? "other"
        }
        var heldOut: Set<String> = []
        var clusters = QuestionClusters(questions)
        var open: [String: [[Int]]] = [:]
        var kept: [String: Int] = [:]
        var total: [String: Int] = [:]
        for cluster in clusters.clusters() {
            let stratum = stratum(questions[cluster[0]])
            total[stratum, default: 0] += cluster.count
            let sides = Set(cluster.compactMap { questions[$0].split })
            if sides.isEmpty {
                open[stratum, default: []].append(cluster)
            } else if sides == [.heldOut] {
                kept[stratum, default: 0] += cluster.count
                heldOut.formUnion(cluster.map { questions[$0].id })
            } else {
                // Where the author tore a cluster apart, the rest stays where no number is read from it.
                kept[stratum, default: 0] += cluster.count { questions[$0].split == .heldOut }
            }
        }
        // What rounding takes from one type, the next one gets.
        var carry = 0.0
        for (stratum, clusters) in open.sorted(by: { $0.key < $1.key }) {
            var random = SplitMix64(seed: seed, stream: "golden split/\(stratum)")
            let target = share * Double(total[stratum] ?? 0) + carry
            var count = kept[stratum] ?? 0
            for cluster in clusters.shuffled(using: &random) {
                guard Double(count) + Double(cluster.count) / 2 <= target else { continue }
                count += cluster.count
                heldOut.formUnion(cluster.map { questions[$0].id })
            }
            carry = min(1, max(-1, target - Double(count)))
        }
        return heldOut
    }
}
