internal import AutoML
internal import Base
internal import RAG
internal import Storage
internal import Tracking

extension SearchCourse {
    private var file: ProjectFile { workspace.project.file }

    /// What logs this search as a run; nil, with a note, where nothing can be logged: a search needs no diary.
    func tracker() async -> SearchTracker? {
        do {
            return try await SearchTracker(self)
        } catch {
            note("The search is not logged as a run: \(sentence(for: error))")
            return nil
        }
    }

    /// Runs the body while Trackio gets what is logged, where `neo.yaml` says so.
    func mirrored<Value: Sendable>(_ tracker: SearchTracker, _ body: () async throws -> Value) async throws -> Value {
        guard file.mirrorsToTrackio else { return try await body() }
        let project = workspace.project
        let mirror = TrackioMirror(
            state: project.path(".neo"), project: project.file.name, run: tracker.logger.id, trouble: { note($0) })
        return try await mirror.during(body)
    }

    /// Tries configurations on the search questions.
    func explore(
        for seconds: Double?, tracker: SearchTracker?, progress: @escaping @Sendable (StudyProgress) -> Void
    ) async throws -> StudyOutcome {
        let found = try await study(
            sampler, tracker.map { LoggedJournal(wrapped: journal, tracker: $0) } ?? journal,
            evaluator: SuspendingEvaluator(wrapped: evaluator),
            trials: options.trials ?? file.trials, seconds: seconds, meter: file.asksModels ? money.meter : nil,
            progress: progress
        ).run()
        note(SpendingWords.ending(found, limit: money.limit, spent: money.spent))
        return found
    }

    /// Times the best, and decides with constraints. Without constraints, money that runs out costs only the latency.
    func finalists(of found: StudyOutcome, _ phase: FinalistPhase) async throws -> FinalistOutcome {
        do { return try await phase.run(found) } catch {
            guard phase.constraints.isEmpty, let words = SpendingWords.undone("No latency is measured.", error) else {
                throw error
            }
            note(words)
            return FinalistOutcome(found)
        }
    }

    /// Random and greedy search with as many trials, where the project wants them beside the result.
    func baselines(beside outcome: StudyOutcome) async throws -> [BaselineStudies.Found] {
        guard file.hasBaselines else { return [] }
        guard money.left ?? 1 > 0 else {
            note("Random and greedy search do not stand beside the result: the money is spent.")
            return []
        }
        let known = SuspendingEvaluator(
            wrapped: try await RememberedEvaluator(rankings, scope: definition.scope, database: database))
        return try await BaselineStudies(
            definition: definition, space: space, database: database, now: time.now(), note: { note($0) }
        ) { sampler, journal in
            try await study(
                sampler, journal, evaluator: known, trials: outcome.trials.count, seconds: options.seconds,
                meter: money.meter)
        }.run(beside: file.sampler)
    }

    /// Opens the held-out questions for configurations and external systems, and says how often that has happened.
    func openHeldOut(
        _ configurations: [Configuration], externals: SearchExternals
    ) async throws -> HeldOutMeasurement? {
        var heldOut: HeldOutMeasurement?
        do {
            heldOut = try await HeldOutMeasurement.run(
                configurations, externals: externals, split: split, study: definition.id, database: database,
                evaluator: evaluator, now: time.now())
        } catch {
            guard let words = SpendingWords.undone("The held-out questions were not all asked.", error) else {
                throw error
            }
            note(words)
        }
        if let heldOut, heldOut.openings > 1 {
            note(
                "The held-out questions have been opened \(heldOut.openings) times for this study. Each look makes "
                    + "their number a little less honest; new questions make it honest again.")
        }
        return heldOut
    }

    /// What its calls have cost, for the report.
    func spending() async throws -> JSONValue {
        let uses = try await money.uses()
        note(SpendingWords.unknown(uses))
        return try JSONValue(encoding: SearchSpending(uses, dollarsBefore: money.before))
    }

    private func study(
        _ sampler: any Sampler, _ journal: any TrialJournal, evaluator: any Evaluator, trials: Int, seconds: Double?,
        meter: (@Sendable () -> Double)?, progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) async throws -> Study {
        Study(
            space: space, sampler: sampler, objective: golden.objective, items: split.search, evaluator: evaluator,
            journal: journal, jobs: options.jobs,
            limits: StudyLimits(
                trials: trials, seconds: seconds, evaluations: options.evaluations,
                cost: try await money.limit(of: journal)),
            racing: file.races ? Racing.usual : nil, seed: seed, meter: meter, nanoseconds: time.nanoseconds,
            progress: progress)
    }
}
