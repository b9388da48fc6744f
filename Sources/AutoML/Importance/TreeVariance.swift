/// The variance that a tree has over its whole space, all levels of a parameter equally likely, and how much of it comes
/// from each parameter and each pair: exactly, from the boxes.
struct TreeVariance {
    /// Of the whole tree.
    let total: Double
    /// By axis.
    let main: [Double]
    /// By pair of axes, of what the two do only together.
    let pairs: [[Int]: Double]

    init(_ tree: RegressionTree, _ axes: [LevelTable.Axis]) {
        let shares = tree.leaves.map { leaf in
            leaf.levels.map { levels in Double(levels.count(where: \.self)) / Double(levels.count) }
        }
        let volumes = shares.map { $0.reduce(1, *) }
        let mean = zip(tree.leaves, volumes).reduce(0) { $0 + $1.0.value * $1.1 }
        total = zip(tree.leaves, volumes).reduce(0) { $0 + ($1.0.value - mean) * ($1.0.value - mean) * $1.1 }
        // Each box adds its value to the marginal at the levels that it has, by its share of the other axes.
        var main: [Double] = []
        for (axis, levels) in axes.map(\.levels).enumerated() {
            var marginal = Array(repeating: 0.0, count: levels)
            for (place, leaf) in tree.leaves.enumerated() {
                let added = (leaf.value - mean) * volumes[place] / shares[place][axis]
                for level in 0..<levels where leaf.levels[axis][level] { marginal[level] += added }
            }
            main.append(marginal.reduce(0) { $0 + $1 * $1 } / Double(levels))
        }
        var pairs: [[Int]: Double] = [:]
        for first in axes.indices {
            for second in axes.indices where second > first {
                let width = axes[second].levels
                var marginal = Array(repeating: 0.0, count: axes[first].levels * width)
                for (place, leaf) in tree.leaves.enumerated() {
                    let added = (leaf.value - mean) * volumes[place] / (shares[place][first] * shares[place][second])
                    for row in 0..<axes[first].levels where leaf.levels[first][row] {
                        for column in 0..<width where leaf.levels[second][column] {
                            marginal[row * width + column] += added
                        }
                    }
                }
                let variance = marginal.reduce(0) { $0 + $1 * $1 } / Double(marginal.count)
                pairs[[first, second]] = max(variance - main[first] - main[second], 0)
            }
        }
        self.main = main
        self.pairs = pairs
    }
}
