/// How scores of different scales are made comparable before they are added.
///
/// The lowest hit of a list always becomes 0, which is what a list gives a chunk that it does not have: else a chunk
/// that the list passed over would rank above one that it found. So `zScore` differs from `minMax` in the scale alone.
public enum ScoreNormalisation: String, Sendable, Hashable, CaseIterable {
    /// (score − minimum) / (maximum − minimum): 0 … 1. A list of equal scores gives each hit 1.
    case minMax = "min-max"
    /// Zero mean and unit variance, moved up by the lowest: (score − minimum) / standard deviation. A list of equal
    /// scores gives each hit 1.
    case zScore = "z-score"

    /// What each hit of a list is worth.
    func worths(of hits: [Hit]) -> [Double] {
        let scores = hits.map { Double($0.score) }
        guard let least = scores.min(), let greatest = scores.max() else { return [] }
        guard greatest > least else { return scores.map { _ in 1 } }
        switch self {
        case .minMax: return scores.map { ($0 - least) / (greatest - least) }
        case .zScore:
            let mean = scores.reduce(0, +) / Double(scores.count)
            let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
            let deviation = variance.squareRoot()
            // Numbers so close together that their variance vanishes.
            guard deviation > 0 else { return scores.map { _ in 1 } }
            return scores.map { ($0 - least) / deviation }
        }
    }
}
