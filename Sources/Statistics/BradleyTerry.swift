internal import Base

/// How good competitors are by comparisons in pairs: the model of Bradley and Terry, P(i before j) = 1 / (1 + e^−(rᵢ − rⱼ)).
///
/// The ratings maximise Σ w (y d − log(1 + e^d)) with d = rᵢ − rⱼ, where a tie is half a win for each. Their covariance is the
/// sandwich H⁻¹ G H⁻¹, H = Σ w p(1 − p) x xᵀ + 10⁻⁵ n I and G = Σ w² (y − p)² x xᵀ, which holds where the model does not
/// quite. Ratings have the mean 0 before they are scaled to that of chess: 1000 + r · 400 / ln 10.
///
/// With `position` the one that was shown first has a constant advantage γ, d = rᵢ − rⱼ + γ, estimated with the ratings:
/// whoever tends to choose what stands on the left then changes no rating (R. R. Davidson and R. J. Beaver, "On extending
/// the Bradley-Terry model to incorporate within-pair order effects", Biometrics 33 (1977)).
///
/// Source: R. A. Bradley, M. E. Terry, "Rank analysis of incomplete block designs", Biometrika 39 (1952). Without `position`
/// it equals `BradleyTerry`, with it `ContextualBradleyTerry` with one feature that is always 1 and `reg=0`, of the
/// Python package `arena-rank`.
public struct BradleyTerry<Competitor: Hashable & Comparable & Sendable>: Sendable {
    /// Who was compared, in ascending order.
    public let competitors: [Competitor]
    /// The advantage of being shown first, as a difference of ratings; nil where it was not asked for.
    public let position: Interval?
    let parameters: [Double]
    let covariance: SquareMatrix
    let confidence: Double

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - comparisons: At least one. Their weights must be above 0.
    ///   - position: Whether being shown first may be an advantage.
    ///   - confidence: Two-sided, e.g. 0.95.
    /// - Throws: `notIdentified` where some won every comparison with all others, or two groups were never compared: no finite
    ///   ratings are the most probable ones then.
    public init(
        _ comparisons: [PairedComparison<Competitor>], position: Bool = false, confidence: Double = 0.95
    ) throws(StatisticsError) {
        try check(confidence: confidence)
        guard !comparisons.isEmpty else {
            throw StatisticsError(.tooFew, "Ratings of no comparison are not defined; at least one is needed.")
        }
        if let wrong = comparisons.first(where: { !($0.weight > 0 && $0.weight.isFinite) }) {
            throw StatisticsError(.badArgument, "A comparison weighs more than 0, and \(wrong.weight) is not.")
        }
        let competitors = Set(comparisons.flatMap { [$0.first, $0.second] }).sorted()
        let places = Dictionary(uniqueKeysWithValues: competitors.enumerated().map { ($1, $0) })
        let rows = PairedRow.counted(
            comparisons.compactMap { comparison in
                guard let first = places[comparison.first], let second = places[comparison.second], first != second
                else { return nil }
                return PairedRow(
                    first: first, second: second, share: comparison.outcome.share, weight: comparison.weight, count: 1)
            })
        guard PairedRow.areConnected(rows, competitors.count) else {
            throw StatisticsError(
                .notIdentified,
                "Some of the competitors never lost to the others, or were never compared with them: more comparisons are needed for ratings."
            )
        }
        let model = PairedModel(rows: rows, competitors: competitors.count, position: position)
        let parameters = try model.fit()
        let covariance = try model.covariance(at: parameters)
        self.competitors = competitors
        self.parameters = parameters
        self.covariance = covariance
        self.confidence = confidence
        let last = competitors.count
        self.position =
            position
            ? Self.scaled(parameters[last], covariance[last, last], confidence, offset: 0) : nil
    }

    /// The rating of each, on the scale of chess, in the order of `competitors`.
    public var ratings: [Interval] {
        competitors.indices.map { Self.scaled(parameters[$0], covariance[$0, $0], confidence, offset: 1000) }
    }

    /// How probable it is that one is preferred to another, neither being shown first; nil for who was never compared.
    public func probability(that better: Competitor, beats other: Competitor) -> Interval? {
        guard let first = competitors.firstIndex(of: better), let second = competitors.firstIndex(of: other) else {
            return nil
        }
        let difference = parameters[first] - parameters[second]
        let variance = covariance[first, first] + covariance[second, second] - 2 * covariance[first, second]
        let half = normalQuantile(1 - (1 - confidence) / 2) * max(variance, 0).squareRoot()
        return Interval(
            estimate: logistic(difference), lower: logistic(difference - half), upper: logistic(difference + half),
            confidence: confidence)
    }

    private static func scaled(
        _ value: Double, _ variance: Double, _ confidence: Double, offset: Double
    ) -> Interval {
        let scale = 400 / logarithm(10)
        let half = normalQuantile(1 - (1 - confidence) / 2) * max(variance, 0).squareRoot()
        return Interval(
            estimate: offset + scale * value, lower: offset + scale * (value - half),
            upper: offset + scale * (value + half), confidence: confidence)
    }
}

/// 1 / (1 + e^−x).
func logistic(_ x: Double) -> Double {
    x >= 0 ? 1 / (1 + exponential(-x)) : exponential(x) / (1 + exponential(x))
}
