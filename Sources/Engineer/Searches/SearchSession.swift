internal import AutoML
package import Base
internal import RAG
internal import Storage

/// One search from beginning to report, or from where it was stopped: the work of `neo search`.
package enum SearchSession {
    /// Searches, measures the winner, and writes the reports.
    ///
    /// - Throws: `EngineerError` and the errors of what it calls; `CancellationError` where it was stopped. What was
    ///   measured until then is kept.
    @concurrent
    package static func run(
        _ project: Project, options: SearchOptions, ports: Workspace.Ports,
        time: TimeSource = .system, onEvent: @escaping @Sendable (SearchEvent) -> Void = { _ in }
    ) async throws -> SearchResults {
        try project.prepareStateFolder()
        return try await withExclusiveLock(at: project.lockPath) {
            try await search(project, options: options, ports: ports, time: time, onEvent: onEvent)
        }
    }

    @concurrent
    private static func search(
        _ project: Project, options: SearchOptions, ports: Workspace.Ports, time: TimeSource,
        onEvent: @escaping @Sendable (SearchEvent) -> Void
    ) async throws -> SearchResults {
        var stopwatch = Stopwatch(time: time)

        let workspace = try await Workspace.open(project, ports: ports)
        let golden = try await ProjectGolden.load(workspace)
        let space = try workspace.space()
        if !options.allowsFixedDepth { try FixedDepthObjective.check(golden.objective.metric, space: space) }
        stopwatch.lap("reading")
        let rankings = golden.evaluator(workspace)
        let models = try await StudyModels(workspace)
        try await AnswerJudge.refuseUnfit(workspace)
        let seed = options.seed ?? project.file.seed
        let split = try golden.split(seed: seed, isForced: options.holdsOut)
        let seeds = try SearchSeeds.read(options.seeds, workspace: workspace, space: space)
        let sampler = try project.file.sampler.make(space, seeds: seeds)
        let definition = StudyDefinition(
            workspace: workspace, golden: golden, split: split, space: space, seed: seed, sampler: sampler.name,
            seeds: seeds, models: models
        )
        let database = try NeoDatabase(path: project.databasePath)
        let journal = try await database.openStudy(definition: definition.json, at: time.now())
        let evaluator = try await RememberedEvaluator(rankings, scope: definition.scope, database: database)
        let wanted = options.trials ?? project.file.trials
        onEvent(
            .opened(
                documents: workspace.corpus.documents.count, questions: split.search.count,
                heldOut: split.heldOut.count, configurations: space.size, resumed: try await journal.trials().count
            )
        )
        let limit = options.maxCost ?? project.file.maxCost
        if let words = SpendingWords.uncounted(limit: limit, project.file) { onEvent(.note(words)) }
        let money = try await SearchBudget(database, search: definition.id, limit: limit)
        return try await CallScope.$current.withValue(money.scope) {
            var phase = try FinalistPhase(
                workspace, golden: golden, split: split, options: options, time: time, onEvent: onEvent)
            let externals = SearchExternals(workspace, golden: golden, database: database, time: time, onEvent: onEvent)
            let others = try await externals.measure(on: split.search)
            stopwatch.lap("external systems")
            let allowed = SearchTime(
                options.seconds, generation: project.file.generation, nanoseconds: time.nanoseconds)
            let monitor = SearchMonitor(cache: workspace.cache, onEvent: onEvent)
            let racing = project.file.races ? Racing.usual : nil
            let found = try await Study(
                space: space, sampler: sampler, objective: golden.objective, items: split.search,
                evaluator: SuspendingEvaluator(wrapped: evaluator), journal: journal, jobs: options.jobs,
                limits: StudyLimits(
                    trials: wanted, seconds: allowed.ofRetrieval, evaluations: options.evaluations,
                    cost: try await money.limit(of: journal)),
                racing: racing, seed: seed, meter: project.file.asksModels ? money.meter : nil,
                nanoseconds: time.nanoseconds, progress: monitor.hear
            ).run()
            stopwatch.lap("searching")
            if let words = SpendingWords.ending(found, limit: limit, spent: money.spent) {
                onEvent(.note(words))
            }
            try phase.spare(found, left: money.left)
            let finalists: FinalistOutcome
            do {
                finalists = try await phase.run(found)
            } catch {
                guard phase.constraints.isEmpty, let words = SpendingWords.undone("No latency is measured.", error)
                else {
                    throw error
                }
                onEvent(.note(words))
                finalists = FinalistOutcome(found)
            }
            let outcome = finalists.study
            stopwatch.lap("finalists")
            var baselines: [BaselineStudies.Found] = []
            if project.file.hasBaselines, money.left ?? 1 <= 0 {
                onEvent(.note("Random and greedy search do not stand beside the result: the money is spent."))
            } else if project.file.hasBaselines {
                let known = SuspendingEvaluator(
                    wrapped: try await RememberedEvaluator(rankings, scope: definition.scope, database: database))
                baselines = try await BaselineStudies(
                    definition: definition, space: space, database: database, now: time.now(),
                    note: { onEvent(.note($0)) }
                ) { sampler, journal in
                    Study(
                        space: space, sampler: sampler, objective: golden.objective, items: split.search,
                        evaluator: known,
                        journal: journal, jobs: options.jobs,
                        limits: StudyLimits(
                            trials: outcome.trials.count, seconds: options.seconds, evaluations: options.evaluations,
                            cost: try await money.limit(of: journal)),
                        racing: racing, seed: seed, meter: money.meter, nanoseconds: time.nanoseconds
                    )
                }.run(beside: project.file.sampler)
                stopwatch.lap("baselines")
            }
            let opened =
                [outcome.winner, outcome.baseline].map(\.trial.configuration)
                + baselines.map(\.best.trial.configuration)
            var heldOut: HeldOutMeasurement?
            do {
                heldOut = try await HeldOutMeasurement.run(
                    opened, externals: externals, split: split, study: definition.id, database: database,
                    evaluator: evaluator, now: time.now())
            } catch {
                guard let words = SpendingWords.undone("The held-out questions were not all asked.", error) else {
                    throw error
                }
                onEvent(.note(words))
            }
            stopwatch.lap("held-out questions")
            if let heldOut, heldOut.openings > 1 {
                onEvent(
                    .note(
                        "The held-out questions have been opened \(heldOut.openings) times for this study. Each look makes "
                            + "their number a little less honest; new questions make it honest again."
                    )
                )
            }
            let results = ResultsBuilder(
                workspace: workspace, golden: golden, split: split, space: space, definition: definition, seed: seed,
                outcome: outcome, heldOut: heldOut, baselines: baselines, externals: others,
                timings: monitor.timings(stopwatch),
                rankings: rankings
            )
            var built = try finalists.added(
                to: try await results.build(), checks: phase.checks,
                heldOut: heldOut?.measurements(of: outcome.winner.trial.configuration))
            let answers = try await AnswerPhase(
                workspace: workspace, golden: golden, split: split, retrieval: definition, database: database,
                seed: seed, time: time, allowed: allowed, onEvent: onEvent
            ).run(outcome, winner: outcome.winner.trial.number)
            (built.answers, built.answersOmitted) = (answers.results, answers.omitted)
            let uses = try await money.uses()
            built.timings[SearchSpending.key] = try JSONValue(
                encoding: SearchSpending(uses, dollarsBefore: money.before))
            if let words = SpendingWords.unknown(uses) { onEvent(.note(words)) }
            try ReportArchive.write(built, workspace: workspace, models: models, options: options)
            return built
        }
    }
}
