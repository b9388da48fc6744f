internal import Base

/// Equal comparisons of two competitors, counted.
struct PairedRow: Sendable {
    var first: Int
    var second: Int
    /// What the first one won of each: 1, 0 or a half.
    var share: Double
    /// How much each counts.
    var weight: Double
    var count: Double

    /// Equal rows as one.
    static func counted(_ rows: [PairedRow]) -> [PairedRow] {
        struct Key: Hashable {
            var first: Int
            var second: Int
            var share: Double
            var weight: Double
        }
        var counts: [Key: Double] = [:]
        for row in rows {
            counts[Key(first: row.first, second: row.second, share: row.share, weight: row.weight), default: 0] +=
                row.count
        }
        return counts.map {
            PairedRow(first: $0.first, second: $0.second, share: $0.share, weight: $0.weight, count: $1)
        }
        // The sums of the fit depend on the order in their last digits.
        .sorted { ($0.first, $0.second, $0.share, $0.weight) < ($1.first, $1.second, $1.share, $1.weight) }
    }

    /// Whether from each competitor a way leads to each other over comparisons that were won or tied: without that no finite
    /// ratings are the most probable ones (L. R. Ford, American Mathematical Monthly 64 (1957)).
    static func areConnected(_ rows: [PairedRow], _ competitors: Int) -> Bool {
        guard competitors > 1 else { return false }
        var (beats, losesTo) = (
            Array(repeating: [Int](), count: competitors), Array(repeating: [Int](), count: competitors)
        )
        for row in rows {
            if row.share > 0 {
                beats[row.first].append(row.second)
                losesTo[row.second].append(row.first)
            }
            if row.share < 1 {
                beats[row.second].append(row.first)
                losesTo[row.first].append(row.second)
            }
        }
        return reachesAll(beats) && reachesAll(losesTo)
    }

    private static func reachesAll(_ edges: [[Int]]) -> Bool {
        var seen: Set = [0]
        var waiting = [0]
        while let next = waiting.popLast() {
            for other in edges[next] where seen.insert(other).inserted { waiting.append(other) }
        }
        return seen.count == edges.count
    }
}

/// The likelihood of comparisons, its slope and its curvature.
struct PairedModel: Sendable {
    /// What `arena-rank` adds to the diagonal of H, for each comparison.
    private static let ridge = 1e-5

    let rows: [PairedRow]
    let competitors: Int
    /// Whether the last parameter is the advantage of being shown first.
    let position: Bool

    private var size: Int { competitors + (position ? 1 : 0) }

    /// A chance of one in a billion: a parameter beyond it is on its way to infinity.
    private static let farthest = 21.0

    /// The most probable parameters.
    func fit() throws(StatisticsError) -> [Double] {
        guard let parameters = climb(), parameters.allSatisfy({ abs($0) < Self.farthest }) else {
            throw StatisticsError(
                .notIdentified,
                "The comparisons have no finite ratings as the most probable ones: who was shown first explains them wholly."
            )
        }
        return parameters
    }

    /// Newton's method with steps that are halved until they help.
    private func climb() -> [Double]? {
        var parameters = Array(repeating: 0.0, count: size)
        var loss = self.loss(parameters)
        for _ in 0..<100 {
            var (slope, curvature) = (Array(repeating: 0.0, count: size), SquareMatrix(size: size))
            for row in rows {
                let p = logistic(difference(row, parameters))
                let weight = row.weight * row.count
                add(weight * (row.share - p), to: &slope, row)
                add(weight * p * (1 - p), to: &curvature, row)
            }
            // Adding one number to all ratings changes nothing; this holds their mean where it began, at 0.
            for i in 0..<competitors { for j in 0..<competitors { curvature[i, j] += 1 / Double(competitors) } }
            guard let step = curvature.solve(slope) else { return nil }
            if step.allSatisfy({ abs($0) < 1e-13 }) { return parameters }
            var factor = 1.0
            while factor > 1e-6 {
                let next = zip(parameters, step).map { $0 + factor * $1 }
                let reached = self.loss(next)
                if reached <= loss {
                    let stood = reached == loss
                    (parameters, loss) = (next, reached)
                    if stood { return parameters }
                    break
                }
                factor /= 2
            }
            // No step helps any more: what is left is rounding.
            if factor <= 1e-6 { return parameters }
        }
        return nil
    }

    /// H⁻¹ G H⁻¹.
    func covariance(at parameters: [Double]) throws(StatisticsError) -> SquareMatrix {
        var (curvature, spread) = (SquareMatrix(size: size), SquareMatrix(size: size))
        for row in rows {
            let p = logistic(difference(row, parameters))
            add(row.weight * row.count * p * (1 - p), to: &curvature, row)
            let residual = row.weight * (row.share - p)
            add(row.count * residual * residual, to: &spread, row)
        }
        let total = rows.reduce(0) { $0 + $1.count }
        for i in 0..<size { curvature[i, i] += Self.ridge * total }
        guard let inverse = curvature.inverse else {
            throw StatisticsError(.notIdentified, "The comparisons are too few to say how sure their ratings are.")
        }
        return inverse * spread * inverse
    }

    private func loss(_ parameters: [Double]) -> Double {
        rows.reduce(0) { sum, row in
            let d = difference(row, parameters)
            // log(1 + e^d) without overflow.
            let softplus = max(d, 0) + logarithm(1 + exponential(-abs(d)))
            return sum - row.weight * row.count * (row.share * d - softplus)
        }
    }

    private func difference(_ row: PairedRow, _ parameters: [Double]) -> Double {
        parameters[row.first] - parameters[row.second] + (position ? parameters[competitors] : 0)
    }

    private func add(_ value: Double, to vector: inout [Double], _ row: PairedRow) {
        vector[row.first] += value
        vector[row.second] -= value
        if position { vector[competitors] += value }
    }

    private func add(_ value: Double, to matrix: inout SquareMatrix, _ row: PairedRow) {
        var signs = [(row.first, 1.0), (row.second, -1.0)]
        if position { signs.append((competitors, 1)) }
        for (i, left) in signs { for (j, right) in signs { matrix[i, j] += left * right * value } }
    }
}
