internal import Base
internal import Statistics

/// Which parameters make the difference between configurations, alone and two together: functional ANOVA.
///
/// A forest of regression trees learns from the trials what a configuration is worth. Over the whole space, all levels
/// of a parameter equally likely, the variance of a tree falls into parts that belong to single parameters, to what pairs do beyond that,
/// and to more at once; the trees' partition into boxes gives each part exactly. A parameter that is active only under
/// a condition has one level more, "not active".
///
/// Source: F. Hutter, H. Hoos, K. Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML
/// 2014. On a complete grid the shares are those of the classical analysis of variance, up to what the forest smooths.
///
/// ```swift
/// let importance = ParameterImportance(space, trials: results.map { ($0.trial.configuration, $0.value) }, seed: 1)
/// importance?.parameters.first  // the most important one
/// ```
public struct ParameterImportance: Sendable, Hashable {
    /// What share of the difference between configurations something explains.
    public struct Share: Sendable, Hashable {
        /// One parameter, or two.
        public var names: [String]
        /// The mean over the trees, from 0 to 1.
        public var share: Double
        /// Where the middle 90 % of the trees lie.
        public var spread: ClosedRange<Double>
    }

    /// With fewer trials nothing is said.
    public static let leastTrials = 10

    /// Every parameter that can vary, by falling share.
    public let parameters: [Share]
    /// Every pair of them, by falling share.
    public let interactions: [Share]
    /// How well the forest foretells trials that a tree did not see: 1 is perfectly, 0 no better than their mean, and below
    /// 0 worse. Where it is low the trials are too few for the shares to mean much.
    public let accuracy: Double

    /// Learns from trials.
    ///
    /// - Parameters:
    ///   - space: The space that they are from.
    ///   - trials: Configurations and what each was worth; of one that was stopped early the value that it was told as.
    ///   - trees: How many trees.
    ///   - seed: Where the chance comes from; equal seeds give equal results.
    /// - Returns: Nil where there are fewer than ``leastTrials`` trials, all are worth the same, or nothing can vary.
    public init?(
        _ space: SearchSpace, trials: [(configuration: Configuration, value: Double)], trees: Int = 64, seed: UInt64
    ) {
        let trials = trials.filter(\.value.isFinite)
        let table = LevelTable(space.parameters, trials.map(\.configuration))
        let values = trials.map(\.value)
        guard trials.count >= Self.leastTrials, !table.axes.isEmpty, Set(values).count > 1 else { return nil }
        var generator = SplitMix64(seed: seed, stream: "parameter importance")
        var variances: [TreeVariance] = []
        var unseen = Array(repeating: (sum: 0.0, count: 0.0), count: values.count)
        for _ in 0..<max(trees, 1) {
            let rows = values.map { _ in Int(generator.next(upperBound: UInt64(values.count))) }
            let tree = RegressionTree(table, values: values, rows: rows, using: &generator)
            let drawn = Set(rows)
            for row in values.indices where !drawn.contains(row) {
                unseen[row].sum += tree.value(of: table.rows[row])
                unseen[row].count += 1
            }
            let variance = TreeVariance(tree, table.axes)
            // A tree that happened to draw equal values only has nothing to share out.
            if variance.total > 0 { variances.append(variance) }
        }
        guard !variances.isEmpty else { return nil }
        parameters = Self.sorted(
            table.axes.indices.map { axis in
                Self.share([table.axes[axis].name], variances.map { $0.main[axis] / $0.total })
            })
        interactions = Self.sorted(
            variances[0].pairs.keys.map { pair in
                Self.share(pair.map { table.axes[$0].name }, variances.map { ($0.pairs[pair] ?? 0) / $0.total })
            })
        accuracy = Self.accuracy(of: unseen, values)
    }

    private static func share(_ names: [String], _ shares: [Double]) -> Share {
        let mean = shares.reduce(0, +) / Double(shares.count)
        let low = quantile(0.05, of: shares) ?? mean
        return Share(names: names, share: mean, spread: low...max(quantile(0.95, of: shares) ?? mean, low))
    }

    private static func sorted(_ shares: [Share]) -> [Share] {
        shares.sorted { $0.share == $1.share ? $0.names.lexicographicallyPrecedes($1.names) : $0.share > $1.share }
    }

    /// One minus the squared errors on unseen trials over those of the mean.
    private static func accuracy(of unseen: [(sum: Double, count: Double)], _ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        var (errors, squares) = (0.0, 0.0)
        for (value, foretold) in zip(values, unseen) where foretold.count > 0 {
            let error = value - foretold.sum / foretold.count
            errors += error * error
            squares += (value - mean) * (value - mean)
        }
        return squares > 0 ? 1 - errors / squares : 0
    }
}
