import Base
import Statistics
import Testing

/// Scores of questions, or differences of scores, whose true mean is known: what intervals are tried on.
struct ScoreSimulation: Sendable, CustomTestStringConvertible {
    /// How many questions a cluster has, one after the other.
    enum Clusters: String, Sendable {
        case single, small, uneven, documents
    }

    let name: String
    let clusters: Clusters
    let truth: Double
    let isDifference: Bool
    /// A value, from its cluster's own quantile and a generator.
    let value: @Sendable (_ ease: Double, _ generator: inout SplitMix64) -> Double

    var testDescription: String { "\(name), \(clusters)" }

    /// The values of a run with their groups.
    func sample(questions: Int, _ generator: inout SplitMix64) -> (values: [Double], groups: [String]) {
        var (values, groups): ([Double], [String]) = ([], [])
        var cluster = 0
        while values.count < questions {
            let ease = generator.nextUnit()
            let size =
                switch clusters {
                case .single: 1
                case .small: Int(generator.next(upperBound: UInt64(3))) + 1
                // The first has a quarter of the questions, as many as Neo lets hang together.
                case .uneven: cluster == 0 ? questions / 4 : Int(1 - 2.3 * logarithm(1 - generator.nextUnit()))
                case .documents: 10
                }
            for _ in 0..<min(size, questions - values.count) {
                values.append(value(ease, &generator))
                groups.append("cluster \(cluster)")
            }
            cluster += 1
        }
        return (values, groups)
    }

    /// How often the interval holds the truth, and how wide it is on average.
    func coverage(questions: Int, runs: Int) throws -> (share: Double, width: Double) {
        var generator = SplitMix64(seed: UInt64(questions), stream: testDescription)
        var (held, width) = (0, 0.0)
        for _ in 0..<runs {
            let (values, groups) = sample(questions: questions, &generator)
            let interval =
                try isDifference
                ? meanDifferenceInterval(values, groups: groups) : meanInterval(values, groups: groups)
            if interval.contains(truth) { held += 1 }
            width += interval.upper - interval.lower
        }
        return (Double(held) / Double(runs), width / Double(runs))
    }

    /// Scores, most of them 0 or 1.
    static let scores: [ScoreSimulation] = [Clusters.single, .small, .uneven].flatMap { clusters in
        [
            ScoreSimulation(name: "wholly, in part or not, 0.65", clusters: clusters, truth: 0.65, isDifference: false)
            {
                let (ease, draw) = (0.4 + 0.5 * $0, $1.nextUnit())
                return draw < ease - 0.1 ? 1 : draw < ease + 0.1 ? 0.5 : 0
            },
            ScoreSimulation(name: "found or not, 0.92", clusters: clusters, truth: 0.92, isDifference: false) {
                $1.nextUnit() < 0.84 + 0.16 * $0 ? 1 : 0
            },
            // A relevant document on rank 1, 2, 4 or 7, or none, is worth 1, 0.63, 0.43, 0.33 or 0.
            ScoreSimulation(name: "nDCG, 0.84", clusters: clusters, truth: 0.75 + 0.2 * 1.39 / 3, isDifference: false) {
                let draw = $1.nextUnit()
                guard draw > 0.6 + 0.3 * $0 else { return 1 }
                return draw < 0.95 ? [0.63, 0.43, 0.33][Int($1.next(upperBound: UInt64(3)))] : 0
            },
        ]
    }

    /// Differences, most of them exactly 0.
    static let differences: [ScoreSimulation] = [Clusters.single, .small, .uneven].flatMap { clusters in
        [0.6, 0.85].map { zeros in
            ScoreSimulation(name: "\(zeros) of them 0", clusters: clusters, truth: 0, isDifference: true) {
                guard $1.nextUnit() > zeros else { return 0 }
                return 0.2 * ($0 - 0.5) + [-0.5, -0.25, 0.25, 0.5][Int($1.next(upperBound: UInt64(4)))]
            }
        }
    }
}
