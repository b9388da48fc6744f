internal import Base
internal import Statistics

/// How unlike two projects are: the mean difference of their features, each in units of how much it differs among all.
package struct FeatureDistance: Sendable {
    /// One feature does not decide alone.
    private static let most = 3.0
    private let scales: [String: Double]

    /// - Parameter all: the projects that are known.
    package init(_ all: [KnowledgeFeatures]) {
        var scales: [String: Double] = [:]
        for (name, _) in KnowledgeFeatures.names {
            let values = all.compactMap { Self.value(name, $0) }
            guard values.count > 1, let low = quantile(0.25, of: values), let high = quantile(0.75, of: values),
                let least = values.min(), let greatest = values.max(), greatest > least
            else { continue }
            // Where half of them are alike, the range tells more than the quartiles.
            scales[name] = max(high - low, (greatest - least) / 4)
        }
        self.scales = scales
    }

    /// 0 for projects that are alike in all that is known of both.
    package func callAsFunction(_ first: KnowledgeFeatures, _ second: KnowledgeFeatures) -> Double {
        var differences = [first.language == second.language ? 0.0 : 1.0]
        for (name, scale) in scales {
            guard let left = Self.value(name, first), let right = Self.value(name, second) else { continue }
            differences.append(min(abs(left - right) / scale, Self.most))
        }
        // In one order, whatever that of the dictionary: the sum is the same to the last bit.
        return differences.sorted().reduce(0, +) / Double(differences.count)
    }

    private static func value(_ name: String, _ features: KnowledgeFeatures) -> Double? {
        guard let value = features.values[name], value.isFinite else { return nil }
        return KnowledgeFeatures.sizes.contains(name) ? logarithm(1 + max(value, 0)) : value
    }
}
