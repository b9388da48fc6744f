/// A set of offsets, as ranges in ascending order that neither overlap nor touch.
struct ByteRangeSet {
    private(set) var ranges: [Range<Int>] = []

    /// How many offsets of a range are in the set.
    func count(in range: Range<Int>) -> Int {
        ranges.reduce(0) { $0 + $1.clamped(to: range).count }
    }

    /// Adds a range, and gives the parts of it that were not there yet, in ascending order.
    mutating func insert(_ range: Range<Int>) -> [Range<Int>] {
        guard !range.isEmpty else { return [] }
        var first = 0
        var high = ranges.count
        while first < high {
            let middle = (first + high) / 2
            if ranges[middle].upperBound < range.lowerBound { first = middle + 1 } else { high = middle }
        }
        var added: [Range<Int>] = []
        var merged = range
        var position = range.lowerBound
        var last = first
        while last < ranges.count, ranges[last].lowerBound <= range.upperBound {
            if position < ranges[last].lowerBound { added.append(position..<ranges[last].lowerBound) }
            position = max(position, ranges[last].upperBound)
            merged = min(merged.lowerBound, ranges[last].lowerBound)..<max(merged.upperBound, ranges[last].upperBound)
            last += 1
        }
        if position < range.upperBound { added.append(position..<range.upperBound) }
        ranges.replaceSubrange(first..<last, with: CollectionOfOne(merged))
        return added
    }
}
