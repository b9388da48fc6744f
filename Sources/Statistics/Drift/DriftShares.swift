#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The shares of two samples in bins that both have in common.
struct DriftShares {
    var reference: [Double]
    var current: [Double]

    /// Numbers: where the reference has more than 20 distinct ones, bins of equal width, as many as Sturges' rule wants of
    /// both together; else a bin for each number.
    init(reference: [Double], current: [Double]) throws(StatisticsError) {
        try check(reference)
        try check(current)
        guard Set(reference).count > 20 else {
            self.init(categories: reference, current)
            return
        }
        let edges = Self.sturgesEdges(reference + current)
        self.init(
            shares: Self.shares(of: reference, between: edges), Self.shares(of: current, between: edges))
    }

    private init(shares reference: [Double], _ current: [Double]) {
        self.reference = reference
        self.current = current
    }

    /// Categories: a bin for each.
    init<Category: Hashable>(categories reference: [Category], _ current: [Category]) {
        let all = Set(reference).union(current)
        func counts(_ values: [Category]) -> [Category: Int] {
            Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
        }
        let (before, now) = (counts(reference), counts(current))
        let pairs = all.map { category in
            (
                Double(before[category] ?? 0) / Double(reference.count),
                Double(now[category] ?? 0) / Double(current.count)
            )
        }
        // A set has another order each time, and sums depend on theirs.
        .sorted { $0 < $1 }
        self.init(shares: pairs.map(\.0), pairs.map(\.1))
    }

    /// The same with something in each bin, so that logarithms can be taken: 0.0001, or a millionth of the smallest share
    /// where that is as small.
    var filled: DriftShares {
        func fill(_ shares: [Double]) -> [Double] {
            let least = shares.filter { $0 > 0 }.min() ?? 1
            return shares.map { $0 == 0 ? (least <= 0.0001 ? least / 1_000_000 : 0.0001) : $0 }
        }
        var filled = self
        (filled.reference, filled.current) = (fill(reference), fill(current))
        return filled
    }

    private static func sturgesEdges(_ values: [Double]) -> [Double] {
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        let width = (high - low) / (log2(Double(values.count)) + 1)
        let bins = max(1, Int(((high - low) / width).rounded(.up)))
        let step = (high - low) / Double(bins)
        return (0..<bins).map { low + Double($0) * step } + [high]
    }

    /// Bins hold their lower edge; the last one holds its upper edge, too.
    private static func shares(of values: [Double], between edges: [Double]) -> [Double] {
        let sorted = values.sorted()
        var places: [Int] = []
        for edge in edges.dropLast() { places.append(sorted.firstPlace { $0 >= edge }) }
        if let last = edges.last { places.append(sorted.firstPlace { $0 > last }) }
        return zip(places, places.dropFirst()).map { Double($1 - $0) / Double(values.count) }
    }
}

extension [Double] {
    /// The first position from which on a condition holds that holds for all behind it.
    func firstPlace(where condition: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
