/// The rank of each point in a non-dominated sorting: 0 for those that no other dominates, 1 for those that only such
/// do, and so on. One point dominates another where it is nowhere worse and somewhere better; equal points share a
/// rank.
///
/// Source: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II",
/// IEEE Transactions on Evolutionary Computation 6 (2002).
///
/// - Parameter points: Each with as many numbers, turned so that larger is better; none NaN.
public func nondominatedRanks(_ points: [[Double]]) -> [Int] {
    func dominates(_ left: [Double], _ right: [Double]) -> Bool {
        var isBetter = false
        for (a, b) in zip(left, right) {
            if a < b { return false }
            if a > b { isBetter = true }
        }
        return isBetter
    }
    var ranks = Array(repeating: -1, count: points.count)
    var rest = Array(points.indices)
    var rank = 0
    while !rest.isEmpty {
        let front = rest.filter { candidate in
            !rest.contains { $0 != candidate && dominates(points[$0], points[candidate]) }
        }
        for position in front { ranks[position] = rank }
        rest.removeAll { ranks[$0] >= 0 }
        rank += 1
    }
    return ranks
}
