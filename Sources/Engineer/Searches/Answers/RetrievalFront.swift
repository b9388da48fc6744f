internal import AutoML
internal import RAG

/// The retrievals that answers are written from: those on the front of what was found.
///
/// How much a model reads decides what retrieval is good for it, so the front is that of the recall of evidence within
/// small and large budgets of context.
struct RetrievalFront {
    /// At most so many: each is measured with every way of writing.
    static let limit = 3

    /// The trials with their names, the winner first.
    let trials: [(name: String, configuration: Configuration)]

    init(_ outcome: StudyOutcome, winner: Int) {
        let names = RAGEvaluator.evidenceMetrics.filter { $0.contains("@") }
        let complete = outcome.trials.filter(\.isUsable)
        let points = complete.map { trial in
            names.map { name in
                trial.measurements.reduce(0) { $0 + ($1.metrics[name] ?? 0) } / Double(trial.measurements.count)
            }
        }
        let front = zip(complete, nondominatedRanks(points)).filter { $0.1 == 0 }.map(\.0)
            .sorted { ($1.value ?? 0, $0.trial.number) < ($0.value ?? 0, $1.trial.number) }
        let first = complete.filter { $0.trial.number == winner }
        let others = front.filter { $0.trial.number != winner }
        trials = (first + others).prefix(Self.limit).map { ("trial \($0.trial.number)", $0.trial.configuration) }
    }
}
