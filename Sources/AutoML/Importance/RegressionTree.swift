internal import Base

/// A regression tree over levels, grown until its leaves are pure: a partition of the space into boxes, a value each.
///
/// Source: L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and Regression Trees" (1984); levels without
/// an order are sorted by their mean before they are split, which finds the best of all their partitions (section 9.4).
struct RegressionTree {
    /// A box of the space: on each axis which levels lie in it.
    struct Leaf {
        var levels: [[Bool]]
        var value: Double
    }

    private(set) var leaves: [Leaf] = []
    private let table: LevelTable
    private let values: [Double]

    /// Grows a tree on some rows of a table, which may name a row several times.
    init(_ table: LevelTable, values: [Double], rows: [Int], using generator: inout SplitMix64) {
        self.table = table
        self.values = values
        let all = table.axes.map { Array(repeating: true, count: $0.levels) }
        // A list of open boxes instead of recursion: a tree over many trials may be deep.
        var open = [(rows: rows, levels: all)]
        while let (rows, levels) = open.popLast() {
            guard let split = bestSplit(of: rows, in: levels, using: &generator) else {
                let sum = rows.reduce(0) { $0 + values[$1] }
                leaves.append(Leaf(levels: levels, value: sum / Double(max(rows.count, 1))))
                continue
            }
            var (left, right) = (levels, levels)
            for level in levels[split.axis].indices where levels[split.axis][level] {
                left[split.axis][level] = split.isLeft[level]
                right[split.axis][level] = !split.isLeft[level]
            }
            open.append((rows.filter { split.isLeft[table.rows[$0][split.axis]] }, left))
            open.append((rows.filter { !split.isLeft[table.rows[$0][split.axis]] }, right))
        }
    }

    /// What the tree says of a configuration.
    func value(of row: [Int]) -> Double {
        leaves.first { leaf in row.indices.allSatisfy { leaf.levels[$0][row[$0]] } }?.value ?? 0
    }

    private struct Split {
        var axis: Int
        /// By level of the axis.
        var isLeft: [Bool]
        var gain: Double
    }

    /// The split that reduces the squares most; of equal ones one by chance. Nil where nothing is left to tell apart.
    private func bestSplit(of rows: [Int], in levels: [[Bool]], using generator: inout SplitMix64) -> Split? {
        guard rows.count >= 2 else { return nil }
        var best: Split?
        var ties = 1
        for axis in table.axes.indices {
            guard let split = split(rows, along: axis, in: levels[axis], using: &generator) else { continue }
            if let known = best, abs(split.gain - known.gain) <= 1e-12 * max(1, known.gain) {
                ties += 1
                if generator.next(upperBound: UInt64(ties)) == 0 { best = split }
            } else if split.gain > best?.gain ?? 0 {
                best = split
                ties = 1
            }
        }
        return best
    }

    private func split(
        _ rows: [Int], along axis: Int, in levels: [Bool], using generator: inout SplitMix64
    ) -> Split? {
        var sums = Array(repeating: 0.0, count: levels.count)
        var counts = sums
        for row in rows {
            sums[table.rows[row][axis]] += values[row]
            counts[table.rows[row][axis]] += 1
        }
        var order = levels.indices.filter { counts[$0] > 0 }
        guard order.count >= 2 else { return nil }
        if !table.axes[axis].isOrdered {
            order.sort { (sums[$0] / counts[$0], $0) < (sums[$1] / counts[$1], $1) }
        }
        let (total, count) = (order.reduce(0) { $0 + sums[$1] }, Double(rows.count))
        var (left, leftCount, best) = (0.0, 0.0, (gain: 0.0, end: 0))
        for (place, level) in order.dropLast().enumerated() {
            left += sums[level]
            leftCount += counts[level]
            let gap = left / leftCount - (total - left) / (count - leftCount)
            let gain = leftCount * (count - leftCount) / count * gap * gap
            if gain > best.gain { best = (gain, place) }
        }
        guard best.gain > 1e-15 else { return nil }
        var isLeft = Array(repeating: false, count: levels.count)
        for level in order[...best.end] { isLeft[level] = true }
        // Levels that no trial of this box has: with an order beside their neighbours, else on either side.
        for level in levels.indices where levels[level] && counts[level] == 0 {
            isLeft[level] = table.axes[axis].isOrdered ? level < order[best.end + 1] : generator.next() % 2 == 0
        }
        return Split(axis: axis, isLeft: isLeft, gain: best.gain)
    }
}
