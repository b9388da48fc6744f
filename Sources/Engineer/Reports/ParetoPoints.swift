internal import AutoML
internal import Statistics

/// The finalists by quality, latency and size, and which of them no other makes superfluous.
struct ParetoPoints {
    /// A finalist with all three numbers.
    struct Point {
        let finalist: Finalist
        let quality: SearchResults.Estimate
        let milliseconds: Double
    }

    let points: [Point]
    /// The trials on the front.
    let front: Set<Int>

    init(_ results: SearchResults) {
        points = (results.finalists?.finalists ?? []).compactMap { finalist in
            guard let score = results.trials.first(where: { $0.number == finalist.trial })?.score,
                let p95 = finalist.p95?.estimate, score.value.isFinite
            else { return nil }
            return Point(finalist: finalist, quality: score, milliseconds: p95)
        }
        let sign: Double = results.objective.direction == .maximize ? 1 : -1
        let ranks = nondominatedRanks(
            points.map { [sign * $0.quality.value, -$0.milliseconds, -Double($0.finalist.indexBytes)] })
        front = Set(zip(points, ranks).filter { $0.1 == 0 }.map(\.0.finalist.trial))
    }
}
