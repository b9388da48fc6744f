internal import AutoML
internal import Base
internal import RAG
internal import Retrieval

/// Puts together what a search found out.
struct ResultsBuilder {
    let workspace: Workspace
    let golden: ProjectGolden
    let split: GoldenSplit
    let space: SearchSpace
    let definition: StudyDefinition
    let seed: UInt64
    let outcome: StudyOutcome
    let heldOut: HeldOutMeasurement?
    let baselines: [BaselineStudies.Found]
    /// Systems that are not Neo's, on the search's questions.
    let externals: [ExternalMeasurement]
    let timings: [String: JSONValue]
    let rankings: RAGEvaluator

    func build() async throws -> SearchResults {
        let objective = golden.objective
        let winnerTable = ScoreTable(outcome.winner.measurements, objective: objective)
        let baselineTable = ScoreTable(baselineMeasurements, objective: objective)
        var results = SearchResults(
            project: workspace.project.file.name, study: definition.id.short, seed: seed, objective: objective,
            sampler: workspace.project.file.sampler.rawValue, corpus: golden.corpusSummary(workspace.corpus),
            searchQuestions: split.search.count,
            trials: outcome.trials.map { trialResult($0) },
            winner: outcome.winner.trial.number, baseline: outcome.baseline.trial.number,
            verdict: verdict(searchScore: winnerTable.means[objective.metric] ?? 0),
            slices: slices(), questions: try await questionResults(winnerTable, baselineTable),
            diagnostics: [], timings: timings
        )
        results.baselines = baselineResults
        try addExternals(to: &results)
        let prices = ServingCost(workspace.project.file).prices
        if !prices.isEmpty { results.prices = prices }
        results.inference = inference()
        results.importance = SearchResults.Importance(
            space, of: outcome.trials, objective: golden.objective, seed: seed)
        results.causes = try await CauseFinder.causes(
            of: outcome.winner.trial.configuration, golden: golden, items: split.search, workspace: workspace,
            evaluator: rankings, scope: definition.scope
        )
        results.diagnostics = workspace.diagnostics.all
        return results
    }

    /// What random and greedy search found, on the same questions as the winner.
    private var baselineResults: [SearchResults.BaselineResult]? {
        guard !baselines.isEmpty else { return nil }
        let winner = compared.winner
        let groups = golden.groups(of: winner.items)
        return baselines.map { found in
            let table = ScoreTable(opened(found.best) ?? found.best.measurements, objective: golden.objective)
            let differences = zip(winner.scores, table.scores).map(-)
            return SearchResults.BaselineResult(
                sampler: found.sampler.rawValue, trials: found.trials,
                configuration: found.best.trial.configuration, searchScore: found.best.value ?? 0,
                score: table.estimate(groups: groups),
                difference: found.best.trial.configuration == outcome.winner.trial.configuration
                    ? .none : ScoreTable.estimate(differences: differences, groups: groups)
            )
        }
    }

    private func trialResult(_ outcome: AutoML.TrialResult) -> SearchResults.TrialResult {
        let table = ScoreTable(outcome.measurements, objective: golden.objective)
        let isComplete = outcome.trial.state == .complete
        var result = SearchResults.TrialResult(
            number: outcome.trial.number, origin: outcome.trial.origin, state: outcome.trial.state,
            configuration: outcome.trial.configuration,
            score: isComplete ? table.estimate(groups: golden.groups(of: table.items)) : nil,
            metrics: isComplete ? table.means : [:], failures: table.failures,
            measuredQuestions: outcome.trial.state == .stopped ? table.items.count : nil
        )
        if isComplete { result.costPer1000 = cost(outcome) }
        return result
    }

    /// What a thousand questions cost; nil where that is not known, and where nothing has a price.
    private func cost(_ trial: AutoML.TrialResult) -> SearchResults.Estimate? {
        let cost = ServingCost(workspace.project.file)
        let measured = trial.measurements.filter { $0.failure == nil }
        guard !cost.prices.isEmpty, !measured.isEmpty,
            let values = cost.dollarsPerThousand(trial.trial.configuration, measured)
        else { return nil }
        return ScoreTable.estimate(amounts: values, groups: golden.groups(of: measured.map(\.item)))
    }

    /// The default's measurements; one that could not be measured counts as the worst on every question.
    private var baselineMeasurements: [Measurement] {
        let baseline = outcome.baseline
        guard baseline.trial.state != .complete else { return baseline.measurements }
        return split.search.map {
            Measurement(item: $0, metrics: [:], failure: baseline.trial.failure ?? "not measured")
        }
    }

    /// Winner and default on the held-out questions, or else on the search's own.
    var compared: (winner: ScoreTable, baseline: ScoreTable) {
        let objective = golden.objective
        return (
            ScoreTable(opened(outcome.winner) ?? outcome.winner.measurements, objective: objective),
            ScoreTable(opened(outcome.baseline) ?? baselineMeasurements, objective: objective)
        )
    }

    /// A trial's configuration on the held-out questions; nil where none are held out.
    private func opened(_ result: AutoML.TrialResult) -> [Measurement]? {
        heldOut?.measurements(of: result.trial.configuration)
    }

    private func verdict(searchScore: Double) -> SearchResults.Verdict {
        let (winner, baseline) = compared
        if heldOut == nil, let fitted = crossFittedVerdict(searchScore: searchScore, metrics: winner.means) {
            return fitted
        }
        let groups = golden.groups(of: winner.items)
        let differences = zip(winner.scores, baseline.scores).map(-)
        return SearchResults.Verdict(
            kind: heldOut == nil ? .search : .heldOut, questions: winner.items.count,
            winner: winner.estimate(groups: groups),
            baseline: baseline.estimate(groups: groups),
            difference: outcome.winner.trial.number == outcome.baseline.trial.number
                ? .none : ScoreTable.estimate(differences: differences, groups: groups),
            searchScore: searchScore, metrics: winner.means
        )
    }

    private func slices() -> [SearchResults.Slice] {
        let (winner, baseline) = compared
        var rows: [String: [(winner: Double, baseline: Double)]] = [:]
        for (position, item) in winner.items.enumerated() {
            rows[golden.question(item)?.type ?? "other", default: []]
                .append((winner.scores[position], baseline.scores[position]))
        }
        return rows.sorted { $0.key < $1.key }.map { type, rows in
            let count = Double(rows.count)
            return SearchResults.Slice(
                type: type, questions: rows.count,
                winner: rows.reduce(0) { $0 + $1.winner } / count, baseline: rows.reduce(0) { $0 + $1.baseline } / count
            )
        }
    }

    /// The winner on every question: those of the search, then the held-out ones.
    private func questionResults(
        _ searchWinner: ScoreTable, _ searchBaseline: ScoreTable
    ) async throws -> [SearchResults.QuestionResult] {
        var tables = [(searchWinner, searchBaseline, outcome.winner.measurements, false)]
        if let measurements = opened(outcome.winner) {
            let (winner, baseline) = compared
            tables.append((winner, baseline, measurements, true))
        }
        var results: [SearchResults.QuestionResult] = []
        for (winner, baseline, measurements, isHeldOut) in tables {
            for (position, item) in winner.items.enumerated() {
                guard let question = golden.question(item) else { continue }
                let found = try await rankings.documents(
                    for: item, configuration: outcome.winner.trial.configuration, limit: 3
                )
                results.append(
                    SearchResults.QuestionResult(
                        id: item, question: question.question, type: question.type, heldOut: isHeldOut,
                        score: winner.scores[position], baseline: baseline.scores[position],
                        expected: golden.expectedDocuments(of: item), found: found.map(\.id.rawValue),
                        failure: measurements[position].failure
                    )
                )
            }
        }
        return results
    }
}
