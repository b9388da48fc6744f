internal import Base
internal import Statistics

/// One axis of a density.
enum ParzenDimension: Sendable, Hashable {
    /// So many things without an order.
    case choices(Int)
    /// So many steps of equal size, at 0, 1, 2 …
    case steps(Int)
    /// Numbers of a range.
    case interval(Double, Double)

    init(_ domain: Parameter.Domain) {
        switch domain {
        case .categorical(let values): self = .choices(values.count)
        case .integer: self = .steps(domain.count ?? 1)
        case .real(let range, let logarithmic):
            self =
                logarithmic
                ? .interval(logarithm(range.lowerBound), logarithm(range.upperBound))
                : .interval(range.lowerBound, range.upperBound)
        }
    }

    /// The ends, half a step beyond the outermost steps.
    var ends: (low: Double, high: Double) {
        switch self {
        case .choices(let count), .steps(let count): (-0.5, Double(count) - 0.5)
        case .interval(let low, let high): (low, high)
        }
    }

    /// How wide the kernel on each point is: as far as to the farther of its neighbours, the outermost to the only one
    /// (with one point alone, to the farther end); never so narrow that a kernel stands alone.
    func bandwidths(_ points: [Double]) -> [Double] {
        let (low, high) = ends
        let width = high - low
        let narrowest = width / Double(min(100, 2 + points.count))
        let order = points.indices.sorted { (points[$0], $0) < (points[$1], $1) }
        var widths = Array(repeating: width, count: points.count)
        for (rank, position) in order.enumerated() {
            let below = rank > 0 ? points[position] - points[order[rank - 1]] : points[position] - low
            let above = rank + 1 < order.count ? points[order[rank + 1]] - points[position] : high - points[position]
            let gap: Double =
                if points.count > 1, rank == 0 { above } else if points.count > 1, rank == order.count - 1 {
                    below
                } else { max(below, above) }
            widths[position] = max(min(max(gap, narrowest), width), .leastNormalMagnitude)
        }
        return widths
    }
}

/// A kernel on one axis.
enum ParzenKernel: Sendable {
    /// The same for all.
    case uniform(count: Int)
    /// More for one thing, and `rest` for each of the others.
    case choice(Int, own: Double, rest: Double)
    /// A normal density, cut off at the ends; on steps, its mass on each.
    case normal(centre: Double, width: Double, dimension: ParzenDimension)

    /// The logarithm of density or probability.
    func logDensity(at place: Double) -> Double {
        switch self {
        case .uniform(let count): return -logarithm(Double(count))
        case .choice(let own, let most, let rest): return logarithm(Int(place) == own ? most : rest)
        case .normal(let centre, let width, let dimension):
            let (low, high) = dimension.ends
            let whole = normalProbability(from: (low - centre) / width, to: (high - centre) / width)
            if case .steps = dimension {
                let mass = normalProbability(from: (place - 0.5 - centre) / width, to: (place + 0.5 - centre) / width)
                return logarithm(max(mass / whole, .leastNormalMagnitude))
            }
            let z = (place - centre) / width
            return -0.5 * z * z - logarithm(width * 2.506628274631000502 * whole)
        }
    }

    /// A place at random.
    func draw(using generator: inout SplitMix64, of dimension: ParzenDimension) -> Double {
        switch self {
        case .uniform(let count): return Double(Int.random(in: 0..<count, using: &generator))
        case .choice(let own, let most, let rest):
            let share = generator.nextUnit()
            guard share >= most, rest > 0 else { return Double(own) }
            guard case .choices(let count) = dimension else { return Double(own) }
            let other = min(Int((share - most) / rest), count - 2)
            return Double(other < own ? other : other + 1)
        case .normal(let centre, let width, let dimension):
            let (low, high) = dimension.ends
            let lower = normalProbability(below: (low - centre) / width)
            let upper = normalProbability(below: (high - centre) / width)
            let share = lower + (upper - lower) * generator.nextUnit()
            let drawn = centre + width * normalQuantile(min(max(share, 1e-300), 1 - 0x1p-53))
            guard case .steps(let count) = dimension else { return min(max(drawn, low), high) }
            return min(max(drawn.rounded(), 0), Double(count - 1))
        }
    }
}
