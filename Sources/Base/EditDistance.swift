/// How many letters must be inserted, removed, replaced or swapped with their neighbour to get from one word to
/// the other (restricted Damerau–Levenshtein distance).
public func editDistance(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
    let a = Array(left)
    let b = Array(right)
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
        var current = [i + 1]
        for j in b.indices {
            var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                cost = min(cost, beforePrevious[j - 1] + 1)
            }
            current.append(cost)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
}

/// The known word that was probably meant, or nil where none is close.
public func nearest(to word: String, in known: some Sequence<String>) -> String? {
    let best =
        known
        .map { (word: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
        .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    guard let best, best.distance <= max(2, word.count / 3) else { return nil }
    return best.word
}
