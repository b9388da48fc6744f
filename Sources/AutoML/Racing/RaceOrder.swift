internal import Base

/// The order in which a race measures its items: every beginning of it is a sample of easy and hard ones alike.
enum RaceOrder {
    /// Orders the items by how the first trial did on them: each rung draws one from each of as many equal parts of those
    /// left, from the hardest to the easiest.
    ///
    /// - Parameters:
    ///   - items: All items.
    ///   - values: What the first trial measured, by item; where it could not be measured, the order is by chance.
    ///   - rungs: After how many items each rung stands.
    static func make(_ items: [String], values: [String: Double], rungs: [Int], seed: UInt64) -> [String] {
        var generator = SplitMix64(seed: seed, stream: "race order")
        // Shuffled first, so that equal values stand in no order of their own.
        var left = items.shuffled(using: &generator).enumerated().sorted { first, second in
            let (a, b) = (values[first.element] ?? 0, values[second.element] ?? 0)
            return a == b ? first.offset < second.offset : a < b
        }.map(\.element)
        var order: [String] = []
        for rung in rungs + [items.count] {
            let wanted = rung - order.count
            guard wanted > 0 else { continue }
            var taken: Set<Int> = []
            for part in 0..<wanted {
                let place = (Double(part) + generator.nextUnit()) * Double(left.count) / Double(wanted)
                taken.insert(min(Int(place), left.count - 1))
            }
            // Two parts may meet at their border and draw the same item.
            for place in left.indices where taken.count < wanted { taken.insert(place) }
            order += taken.sorted().map { left[$0] }.shuffled(using: &generator)
            left = left.indices.filter { !taken.contains($0) }.map { left[$0] }
        }
        return order
    }
}
