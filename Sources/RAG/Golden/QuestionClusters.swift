/// Finds the questions that must not be torn apart by a split.
///
/// Questions belong together that have an equal group, share an evidence quote, or say nearly the same: the sets of
/// their words have a Jaccard similarity of at least 0.8.
struct QuestionClusters {
    private var parents: [Int]

    init(_ questions: [GoldenQuestion]) {
        parents = Array(questions.indices)
        var firstByKey: [String: Int] = [:]
        for (position, question) in questions.enumerated() {
            var keys = question.group.map { ["group \($0)"] } ?? []
            for quote in question.evidence.joined() {
                // However its document is called, the same words are the same evidence.
                keys.append("quote " + String(decoding: NormalizedText(Array(quote.quote.utf8)).bytes, as: UTF8.self))
            }
            for key in keys {
                if let first = firstByKey[key] { join(first, position) } else { firstByKey[key] = position }
            }
        }
        joinSimilar(questions.map { Set(NormalizedText(Array($0.question.utf8)).wordHashes()) })
    }

    /// The positions of the questions, cluster by cluster.
    mutating func clusters() -> [[Int]] {
        var clusters: [Int: [Int]] = [:]
        for position in parents.indices { clusters[root(position), default: []].append(position) }
        return clusters.sorted { $0.key < $1.key }.map(\.value)
    }

    private mutating func root(_ position: Int) -> Int {
        var position = position
        while parents[position] != position {
            parents[position] = parents[parents[position]]
            position = parents[position]
        }
        return position
    }

    private mutating func join(_ left: Int, _ right: Int) {
        let (a, b) = (root(left), root(right))
        parents[max(a, b)] = min(a, b)
    }

    /// Prefix filtering: two sets with a Jaccard similarity of t share one of the |x| − ⌈t·|x|⌉ + 1 rarest words of
    /// each, so only questions that share a rare word are compared (Chaudhuri, Ganti, Kaushik, ICDE 2006).
    private mutating func joinSimilar(_ words: [Set<UInt64>]) {
        let threshold = 0.8
        var counts: [UInt64: Int] = [:]
        for word in words.joined() { counts[word, default: 0] += 1 }
        var holders: [UInt64: [Int]] = [:]
        for (position, own) in words.enumerated() where !own.isEmpty {
            let rarestFirst = own.sorted { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
            let needed = Int((threshold * Double(own.count)).rounded(.up))
            for word in rarestFirst.prefix(own.count - needed + 1) {
                for other in holders[word] ?? [] where root(other) != root(position) {
                    let shared = own.intersection(words[other]).count
                    let all = own.count + words[other].count - shared
                    if Double(shared) >= threshold * Double(all) { join(other, position) }
                }
                holders[word, default: []].append(position)
            }
        }
    }
}
