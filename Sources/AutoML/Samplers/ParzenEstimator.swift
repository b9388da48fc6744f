internal import Base

/// A density estimated from points: a kernel on each, and a broad one over the whole space, so that nothing is
/// impossible.
struct ParzenEstimator: Sendable {
    private let dimensions: [ParzenDimension]
    /// One row a kernel, one kernel a dimension.
    private var kernels: [[ParzenKernel]] = []
    private var logWeights: [Double] = []
    private var cumulated: [Double] = []

    /// A density over points in the order in which they were tried.
    init(_ points: [[Double]], dimensions: [ParzenDimension]) {
        self.dimensions = dimensions
        let columns = dimensions.enumerated().map { column, dimension in
            Self.kernels(points.map { $0[column] }, dimension)
        }
        for row in points.indices { kernels.append(columns.map { $0[row] }) }
        kernels.append(dimensions.map(Self.prior))
        let weights = Self.weights(points.count) + [1]
        let sum = weights.reduce(0, +)
        var total = 0.0
        for weight in weights {
            logWeights.append(logarithm(weight / sum))
            total += weight / sum
            cumulated.append(total)
        }
    }

    /// All points weigh the same until there are 25; then the oldest fade.
    private static func weights(_ count: Int) -> [Double] {
        guard count > 25 else { return Array(repeating: 1, count: count) }
        let old = count - 25
        let ramp = (0..<old).map { position in
            let first = 1 / Double(count)
            return old == 1 ? first : first + (1 - first) * Double(position) / Double(old - 1)
        }
        return ramp + Array(repeating: 1, count: 25)
    }

    /// A kernel on each point, on one axis.
    private static func kernels(_ points: [Double], _ dimension: ParzenDimension) -> [ParzenKernel] {
        if case .choices(let count) = dimension {
            let rest = 1 / Double(points.count + 1)
            let sum = 1 + rest * Double(count)
            return points.map { .choice(Int($0), own: (1 + rest) / sum, rest: rest / sum) }
        }
        return zip(points, dimension.bandwidths(points)).map { point, width in
            .normal(centre: point, width: width, dimension: dimension)
        }
    }

    private static func prior(_ dimension: ParzenDimension) -> ParzenKernel {
        if case .choices(let count) = dimension { return .uniform(count: count) }
        let (low, high) = dimension.ends
        return .normal(centre: (low + high) / 2, width: max(high - low, .leastNormalMagnitude), dimension: dimension)
    }

    /// A point at random.
    func draw(using generator: inout SplitMix64) -> [Double] {
        let share = generator.nextUnit()
        let kernel = cumulated.firstIndex { share < $0 } ?? kernels.count - 1
        return zip(kernels[kernel], dimensions).map { $0.draw(using: &generator, of: $1) }
    }

    /// The logarithm of this density over another one's.
    func logRatio(_ point: [Double], to other: ParzenEstimator) -> Double {
        logDensity(at: point) - other.logDensity(at: point)
    }

    /// The logarithm of the density.
    func logDensity(at point: [Double]) -> Double {
        let logs = kernels.indices.map { row in
            zip(kernels[row], point).reduce(logWeights[row]) { $0 + $1.0.logDensity(at: $1.1) }
        }
        let largest = logs.max() ?? 0
        return largest + logarithm(logs.reduce(0) { $0 + exponential($1 - largest) })
    }
}
