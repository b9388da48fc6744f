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
        let seed = options.seed ?? project.file.seed
        let split = try golden.split(seed: seed, isForced: options.holdsOut)
        let sampler = try project.file.sampler.make(space)
        let definition = StudyDefinition(
            workspace: workspace, golden: golden, split: split, space: space, seed: seed, sampler: sampler.name,
            models: models
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
        let phase = try FinalistPhase(
            workspace, golden: golden, split: split, options: options, time: time, onEvent: onEvent)
        let monitor = SearchMonitor(cache: workspace.cache, onEvent: onEvent)
        let racing = project.file.races ? Racing.usual : nil
        let found = try await Study(
            space: space, sampler: sampler, objective: golden.objective, items: split.search, evaluator: evaluator,
            journal: journal, jobs: options.jobs,
            limits: StudyLimits(trials: wanted, seconds: options.seconds, evaluations: options.evaluations),
            racing: racing, seed: seed, nanoseconds: time.nanoseconds, progress: monitor.hear
        ).run()
        stopwatch.lap("searching")
        let finalists = try await phase.run(found)
        let outcome = finalists.study
        stopwatch.lap("finalists")
        var baselines: [BaselineStudies.Found] = []
        if project.file.hasBaselines {
            let known = try await RememberedEvaluator(rankings, scope: definition.scope, database: database)
            baselines = try await BaselineStudies(
                definition: definition, space: space, database: database, now: time.now()
            ) { sampler, journal in
                Study(
                    space: space, sampler: sampler, objective: golden.objective, items: split.search, evaluator: known,
                    journal: journal, jobs: options.jobs,
                    limits: StudyLimits(
                        trials: outcome.trials.count, seconds: options.seconds, evaluations: options.evaluations),
                    racing: racing, seed: seed, nanoseconds: time.nanoseconds
                )
            }.run(beside: project.file.sampler)
            stopwatch.lap("baselines")
        }
        let opened =
            [outcome.winner, outcome.baseline].map(\.trial.configuration) + baselines.map(\.best.trial.configuration)
        let heldOut = try await HeldOutMeasurement.run(
            opened, split: split, study: definition.id, database: database, evaluator: evaluator, now: time.now()
        )
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
            outcome: outcome, heldOut: heldOut, baselines: baselines, timings: monitor.timings(stopwatch),
            rankings: rankings
        )
        let built = try finalists.added(
            to: try await results.build(), checks: phase.checks,
            heldOut: heldOut?.measurements(of: outcome.winner.trial.configuration))
        try ReportArchive.write(built, workspace: workspace, models: models, options: options)
        return built
    }
}
