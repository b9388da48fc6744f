internal import AutoML
internal import Base

extension ResultsBuilder {
    /// Puts systems that are not Neo's beside the winner, on the questions of the verdict.
    func addExternals(to results: inout SearchResults) throws {
        guard !externals.isEmpty else { return }
        let winner = compared.winner
        let groups = golden.groups(of: winner.items)
        var latencies: [ExternalLatency] = []
        results.externals = externals.enumerated().map { position, external in
            let heldOut = heldOut?.externals[position]
            let searched = ScoreTable(external.measurements, objective: golden.objective)
            let table = ScoreTable(
                (heldOut ?? external).inOrder(of: winner.items), objective: golden.objective)
            let differences = zip(winner.scores, table.scores).map(-)
            let both = external.adding(heldOut)
            if let latency = both.latency { latencies.append(latency) }
            return SearchResults.ExternalResult(
                name: external.name, questions: both.measurements.count,
                searchScore: searched.means[golden.objective.metric] ?? 0,
                score: table.estimate(groups: groups),
                difference: ScoreTable.estimate(differences: differences, groups: groups), metrics: table.means,
                passages: both.passages, unplaced: both.unplaced, abstentions: both.abstentions,
                failures: external.failures, heldOutFailures: heldOut?.failures.count ?? 0,
                walls: external.walls
            )
        }
        results.timings[ExternalLatency.key] = try JSONValue(encoding: latencies)
    }
}
