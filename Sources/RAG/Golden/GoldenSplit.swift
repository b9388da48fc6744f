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

    /// How many answerable questions there must be before some are held out.
    package static let minimum = 100

    /// Splits the questions.
    ///
    /// A row that names its side goes there, and takes the rows along that belong with it. The others are drawn, by
    /// `seed` alone, so that each type with at least 5 rows has `heldOutShare` of its rows held out (the rarer types
    /// together likewise), as nearly as whole clusters allow. Questions that share evidence, a group or nearly all words
    /// stay together; those with the same document only while no such cluster is large. With fewer than ``minimum``
    /// answerable questions nothing is drawn, unless it is forced: a held-out part would be too small to say much.
    ///
    /// The result does not depend on the order of the questions, except for the order of the ids.
    package static func make(
        _ questions: [GoldenQuestion], seed: UInt64, heldOutShare: Double = 0.4, isForced: Bool = false
    ) -> GoldenSplit {
        let sorted = questions.sorted { $0.id < $1.id }
        var heldOut = Set(sorted.filter { $0.split == .heldOut }.map(\.id))
        if isForced || isLarge(sorted) {
            heldOut.formUnion(drawn(from: sorted, seed: seed, share: heldOutShare))
        }
        return GoldenSplit(
            search: questions.map(\.id).filter { !heldOut.contains($0) },
            heldOut: questions.map(\.id).filter { heldOut.contains($0) }
        )
    }

    /// The cluster of each question, by id: those that a split keeps together. An interval draws whole clusters.
    package static func clusterNames(_ questions: [GoldenQuestion]) -> [String: String] {
        let sorted = questions.sorted { $0.id < $1.id }
        var names: [String: String] = [:]
        var clusters = QuestionClusters(sorted, byDocument: isLarge(sorted))
        for cluster in clusters.clusters() {
            for position in cluster { names[sorted[position].id] = sorted[cluster[0]].id }
        }
        return names
    }

    private static func isLarge(_ questions: [GoldenQuestion]) -> Bool {
        questions.count(where: \.isAnswerable) >= minimum
    }

    private static func drawn(from questions: [GoldenQuestion], seed: UInt64, share: Double) -> Set<String> {
        let strata = strata(of: questions)
        var heldOut: Set<String> = []
        var clusters = QuestionClusters(questions, byDocument: isLarge(questions))
        var open: [String: [[Int]]] = [:]
        var counts: [String: Double] = [:]
        for cluster in clusters.clusters() {
            let sides = Set(cluster.compactMap { questions[$0].split })
            if sides.isEmpty {
                open[strata[cluster[0]], default: []].append(cluster)
            } else {
                // Where the author tore a cluster apart, the rest stays where no number is read from it.
                let kept = sides == [.heldOut] ? cluster : cluster.filter { questions[$0].split == .heldOut }
                for position in kept { counts[strata[position], default: 0] += 1 }
                heldOut.formUnion(kept.map { questions[$0].id })
            }
        }
        var targets = Dictionary(grouping: strata) { $0 }.mapValues { share * Double($0.count) }
        func draw(_ cluster: [Int]) {
            let added = Dictionary(grouping: cluster) { strata[$0] }.mapValues { Double($0.count) }
            // Whether the sum of the squared distances to the targets becomes smaller; order must not matter.
            let change = added.sorted { $0.key < $1.key }.reduce(0) { sum, part in
                sum + part.value * (2 * counts[part.key, default: 0] + part.value - 2 * (targets[part.key] ?? 0))
            }
            guard change <= 0 else { return }
            for (stratum, count) in added { counts[stratum, default: 0] += count }
            heldOut.formUnion(cluster.map { questions[$0].id })
        }
        // Clusters first: the single questions then fill up what is missing of each type.
        var random = SplitMix64(seed: seed, stream: "golden split/clusters")
        let several = open.sorted { $0.key < $1.key }.flatMap(\.value).filter { $0.count > 1 }
        several.shuffled(using: &random).forEach(draw)
        for (stratum, clusters) in open.sorted(by: { $0.key < $1.key }) {
            var random = SplitMix64(seed: seed, stream: "golden split/\(stratum)")
            clusters.filter { $0.count == 1 }.shuffled(using: &random).forEach(draw)
            // What rounding takes from one type, the next one gets.
            let rest = min(1, max(-1, (targets[stratum] ?? 0) - counts[stratum, default: 0]))
            if let next = open.keys.filter({ $0 > stratum }).min() { targets[next, default: 0] += rest }
        }
        return heldOut
    }

    /// The type of each question, where it has at least 5 rows.
    private static func strata(of questions: [GoldenQuestion]) -> [String] {
        let counts = Dictionary(grouping: questions, by: \.type).mapValues(\.count)
        return questions.map { question in
            question.type.flatMap { counts[$0, default: 0] >= 5 ? "type \($0)" : nil } ?? "other"
        }
    }
}
