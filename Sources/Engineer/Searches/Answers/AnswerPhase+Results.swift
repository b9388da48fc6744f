internal import AutoML
internal import Base
internal import RAG
internal import Storage

/// What came of the search of answers.
extension AnswerPhase {
    /// Measures the best of both kinds on the held-out questions, and decides.
    func results(
        _ found: StudyOutcome, _ best: Configuration, _ front: RetrievalFront, _ objective: Objective,
        _ questions: AnswerQuestions,
        _ evaluator: AnswerTrialEvaluator, study: ContentHash, models: [String], missing: [String: String]
    ) async throws -> AnswerResults {
        let isWritten = best["generator"]?.string != GenerationSpace.quotes
        // Quotes from the same passages: what the model adds is the question.
        var quoting = best.values.filter { !GenerationSpace.names.contains($0.key) }
        quoting["generator"] = .string(GenerationSpace.quotes)
        let quotes = Configuration(quoting)
        // Also where quotes did better: how good the best of the models is, is what its user wants to know.
        let writer = Self.writer(of: found, objective)
        let written = isWritten ? best : writer?.trial.configuration
        let opened = [quotes] + [written].compactMap { $0 }
        var tables: [ScoreTable] = []
        let isHeldOut = !questions.heldOut.isEmpty
        let items = isHeldOut ? questions.heldOut : questions.search
        for configuration in opened {
            let measured = try await measured(configuration, items, evaluator, isHeldOut: isHeldOut, study: study)
            tables.append(ScoreTable(measured, objective: objective))
        }
        let groups = golden.groups(of: items)
        let table = tables.dropFirst().first
        let difference = table.map { table in
            ScoreTable.estimate(differences: zip(table.scores, tables[0].scores).map(-), groups: groups)
        }
        let isBetter = (difference?.lower ?? 0) > 0
        let unanswerable = Set(questions.all.filter { !$0.question.isAnswerable }.map(\.question.id))
        return AnswerResults(
            models: models, missing: missing, isJoint: setting.isJoint, objective: objective,
            questions: questions.search.count, heldOut: questions.heldOut.count,
            unanswerable: items.count { unanswerable.contains($0) },
            trials: found.trials.map { trial($0, objective) }, best: found.winner.trial.number,
            kind: isHeldOut ? .heldOut : .search, quotes: tables[0].estimate(groups: groups),
            writer: writer?.trial.number, written: table?.estimate(groups: groups), difference: difference,
            quotesMetrics: tables[0].means, writtenMetrics: table?.means ?? [:],
            chosen: whole(isBetter ? written ?? best : quotes, front))
    }

    /// The best of the trials in which a model wrote: of those that the race let go on longest the one that did best.
    private static func writer(of found: StudyOutcome, _ objective: Objective) -> AutoML.TrialResult? {
        found.trials.filter {
            $0.trial.configuration["generator"]?.string != GenerationSpace.quotes && !$0.measurements.isEmpty
        }.max { left, right in
            let counts = (left.measurements.count, right.measurements.count)
            let means = [left, right].map { objective.mean(of: $0.measurements) ?? 0 }
            return counts.0 == counts.1 ? means[0] < means[1] : counts.0 < counts.1
        }
    }

    /// A configuration on questions, read back where it was measured before.
    func measured(
        _ configuration: Configuration, _ items: [String], _ evaluator: AnswerTrialEvaluator, isHeldOut: Bool,
        study: ContentHash
    ) async throws -> [Measurement] {
        let split = isHeldOut ? HeldOutMeasurement.name : "search"
        let stored = try await database.evaluations(of: configuration.hash, split: split, study: study)
        let known = Dictionary(stored.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
        if isHeldOut, known.isEmpty { _ = try await database.recordOpening(of: split, study: study, at: time.now()) }
        var measurements: [Measurement] = []
        let name = configuration["generator"]?.string ?? GenerationSpace.quotes
        for (done, item) in items.enumerated() {
            onEvent(.asking(system: name, done: done, questions: items.count))
            if let measurement = known[item] {
                measurements.append(measurement)
                continue
            }
            // One by one: a question takes seconds, and what was measured is not lost.
            let fresh = try await evaluator.measure(configuration, on: [item])
            try await database.recordEvaluations(fresh, of: configuration.hash, split: split, study: study)
            measurements += fresh
        }
        return measurements
    }

    private func trial(_ outcome: AutoML.TrialResult, _ objective: Objective) -> SearchResults.TrialResult {
        let table = ScoreTable(outcome.measurements, objective: objective)
        let isComplete = outcome.trial.state == .complete
        return SearchResults.TrialResult(
            number: outcome.trial.number, origin: outcome.trial.origin, state: outcome.trial.state,
            configuration: outcome.trial.configuration,
            score: isComplete ? table.estimate(groups: golden.groups(of: table.items)) : nil,
            metrics: isComplete ? table.means : [:], failures: table.failures,
            measuredQuestions: outcome.trial.state == .stopped ? table.items.count : nil)
    }
}
