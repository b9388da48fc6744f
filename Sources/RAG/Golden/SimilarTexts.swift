/// Finds texts that say nearly the same: the sets of their words have a Jaccard similarity of at least a threshold.
package enum SimilarTexts {
    /// The pairs of positions, the lower one first, in order.
    ///
    /// Prefix filtering: two sets with a Jaccard similarity of t share one of the |x| − ⌈t·|x|⌉ + 1 rarest words of
    /// each, so only texts that share a rare word are compared (Chaudhuri, Ganti, Kaushik, ICDE 2006).
    static func pairs(_ words: [Set<UInt64>], threshold: Double) -> [(first: Int, second: Int, similarity: Double)] {
        var counts: [UInt64: Int] = [:]
        for word in words.joined() { counts[word, default: 0] += 1 }
        var holders: [UInt64: [Int]] = [:]
        var pairs: [(first: Int, second: Int, similarity: Double)] = []
        for (position, own) in words.enumerated() where !own.isEmpty {
            let rarestFirst = own.sorted { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
            let needed = Int((threshold * Double(own.count)).rounded(.up))
            var compared: Set<Int> = []
            for word in rarestFirst.prefix(own.count - needed + 1) {
                for other in holders[word] ?? [] where compared.insert(other).inserted {
                    let shared = own.intersection(words[other]).count
                    let similarity = Double(shared) / Double(own.count + words[other].count - shared)
                    if similarity >= threshold { pairs.append((other, position, similarity)) }
                }
                holders[word, default: []].append(position)
            }
        }
        return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    /// The words of a text as a set.
    package static func words(_ text: String) -> Set<UInt64> { Set(NormalizedText(Array(text.utf8)).wordHashes()) }
}
