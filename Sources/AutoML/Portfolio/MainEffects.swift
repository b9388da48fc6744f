internal import Base

/// What each value of each parameter adds to a figure, the others being what they are: a guess at configurations that were
/// not measured.
///
/// Least squares over one column a value, with a ridge, by coordinate descent (each step is the exact minimum of one
/// column, so the sum falls to the only minimum there is). Values of which nothing is known add nothing, or what they add
/// elsewhere.
public struct MainEffects: Sendable {
    /// What values add elsewhere, by parameter and by the text of the value.
    public typealias Effects = [String: [String: Double]]

    /// The mean of all.
    public let mean: Double
    /// What each value adds.
    public let effects: Effects

    /// Of configurations and what was measured of them.
    ///
    /// - Parameters:
    ///   - ridge: how many measurements the knowledge of elsewhere counts as.
    ///   - prior: what is known from elsewhere.
    public init(
        _ observations: [(configuration: Configuration, value: Double)], ridge: Double = 1, prior: Effects = [:]
    ) {
        let count = Double(max(observations.count, 1))
        var rows: [[Int]] = []
        var columns: [String: Int] = [:]
        var names: [(parameter: String, value: String)] = []
        for (configuration, _) in observations {
            rows.append(
                // In one order, whatever that of the dictionary: sums are the same to the last bit.
                configuration.values.sorted { $0.key < $1.key }.map { name, value in
                    let key = "\(name)\n\(value.canonicalText)"
                    if let column = columns[key] { return column }
                    columns[key] = names.count
                    names.append((name, value.canonicalText))
                    return names.count - 1
                })
        }
        let priors = names.map { prior[$0.parameter]?[$0.value] ?? 0 }
        var found = priors
        var average = observations.reduce(0) { $0 + $1.value } / count
        var members: [[Int]] = Array(repeating: [], count: names.count)
        for (place, row) in rows.enumerated() { for column in row { members[column].append(place) } }
        var residuals = zip(observations, rows).map { observation, row in
            observation.value - average - row.reduce(0) { $0 + found[$1] }
        }
        for _ in 0..<100 {
            var change = 0.0
            for column in names.indices {
                let sum = members[column].reduce(0) { $0 + residuals[$1] }
                let step =
                    (sum - ridge * (found[column] - priors[column])) / (Double(members[column].count) + ridge)
                found[column] += step
                for place in members[column] { residuals[place] -= step }
                change = max(change, abs(step))
            }
            let shift = residuals.reduce(0, +) / count
            average += shift
            for place in residuals.indices { residuals[place] -= shift }
            if max(change, abs(shift)) < 1e-9 { break }
        }
        mean = average
        var effects = prior
        for (name, effect) in zip(names, found) { effects[name.parameter, default: [:]][name.value] = effect }
        self.effects = effects
    }

    /// What is expected of a configuration.
    public func value(of configuration: Configuration) -> Double {
        configuration.values.sorted { $0.key < $1.key }.reduce(mean) {
            $0 + (effects[$1.key]?[$1.value.canonicalText] ?? 0)
        }
    }
}
