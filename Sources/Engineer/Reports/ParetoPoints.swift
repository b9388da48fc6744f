internal import AutoML
internal import Statistics

/// The finalists by quality, latency, size and cost, and which of them no other makes superfluous.
struct ParetoPoints {
    /// A finalist with all its numbers.
    struct Point {
        let finalist: Finalist
        let quality: SearchResults.Estimate
        let milliseconds: Double
        /// Dollars a thousand questions; 0 where that is not known.
        let cost: Double
    }

    let points: [Point]
    /// The trials on the front.
    let front: Set<Int>
    /// Whether money tells some of them apart.
    var costVaries: Bool { Set(points.map(\.cost)).count > 1 }

    init(_ results: SearchResults) {
        points = (results.finalists?.finalists ?? []).compactMap { finalist in
            let trial = results.trials.first { $0.number == finalist.trial }
            guard let score = trial?.score, let p95 = finalist.p95?.estimate, score.value.isFinite
            else { return nil }
            return Point(
                finalist: finalist, quality: score, milliseconds: p95, cost: trial?.costPer1000?.value ?? 0)
        }
        let sign: Double = results.objective.direction == .maximize ? 1 : -1
        let ranks = nondominatedRanks(
            points.map { [sign * $0.quality.value, -$0.milliseconds, -Double($0.finalist.indexBytes), -$0.cost] })
        front = Set(zip(points, ranks).filter { $0.1 == 0 }.map(\.0.finalist.trial))
    }
}
