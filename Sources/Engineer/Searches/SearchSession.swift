internal import AutoML
package import Base
internal import RAG
internal import Storage
internal import Tracking

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
        let approvals = try await Approvals(project).statement(allowsUnapproved: options.allowsUnapproved)
        if let warning = approvals?.warning { onEvent(.note(warning)) }
        try project.prepareStateFolder()
        return try await withExclusiveLock(at: project.lockPath) {
            var stopwatch = Stopwatch(time: time)
            let course = try await SearchCourse(
                opening: project, options: options, ports: ports, time: time, stopwatch: &stopwatch, onEvent: onEvent)
            let watch = stopwatch
            return try await CallScope.$current.withValue(course.money.scope) {
                guard let tracker = await course.tracker() else {
                    return try await conduct(course, nil, watch, approvals)
                }
                return try await tracker.logger.during(folder: project.folder) {
                    let results = try await course.mirrored(tracker) {
                        try await conduct(course, tracker, watch, approvals)
                    }
                    tracker.log(results)
                    course.note(tracker.logger.failure.map { "The run of this search is not complete: \($0)" })
                    return results
                }
            }
        }
    }

    @concurrent
    private static func conduct(
        _ course: SearchCourse, _ tracker: SearchTracker?, _ stopwatch: Stopwatch, _ approvals: ApprovalStatement?
    ) async throws -> SearchResults {
        var stopwatch = stopwatch
        var phase = try FinalistPhase(
            course.workspace, golden: course.golden, split: course.split, options: course.options, time: course.time,
            onEvent: course.onEvent)
        let externals = SearchExternals(
            course.workspace, golden: course.golden, database: course.database, time: course.time,
            onEvent: course.onEvent)
        let others = try await externals.measure(on: course.split.search)
        stopwatch.lap("external systems")

        let monitor = SearchMonitor(cache: course.workspace.cache, onEvent: course.onEvent)
        let allowed = SearchTime(
            course.options.seconds, generation: course.workspace.project.file.generation,
            nanoseconds: course.time.nanoseconds)
        let found = try await course.explore(
            for: allowed.ofRetrieval, tracker: tracker, progress: monitor.hear)
        stopwatch.lap("searching")

        try phase.spare(found, left: course.money.left)
        let finalists = try await course.finalists(of: found, phase)
        let outcome = finalists.study
        stopwatch.lap("finalists")

        let baselines = try await course.baselines(beside: outcome)
        if !baselines.isEmpty { stopwatch.lap("baselines") }

        let opened =
            [outcome.winner, outcome.baseline].map(\.trial.configuration) + baselines.map(\.best.trial.configuration)
        let heldOut = try await course.openHeldOut(opened, externals: externals)
        stopwatch.lap("held-out questions")

        let results = ResultsBuilder(
            workspace: course.workspace, golden: course.golden, split: course.split, space: course.space,
            definition: course.definition, seed: course.seed, outcome: outcome, heldOut: heldOut,
            baselines: baselines, externals: others, timings: monitor.timings(stopwatch), rankings: course.rankings)
        var built = try finalists.added(
            to: try await results.build(), checks: phase.checks,
            heldOut: heldOut?.measurements(of: outcome.winner.trial.configuration))
        let answers = try await AnswerPhase(
            workspace: course.workspace, golden: course.golden, split: course.split, retrieval: course.definition,
            database: course.database, seed: course.seed, time: course.time, allowed: allowed, onEvent: course.onEvent
        ).run(outcome, winner: outcome.winner.trial.number)
        (built.answers, built.answersOmitted) = (answers.results, answers.omitted)
        built.approvals = approvals
        built.timings[SearchSpending.key] = try await course.spending()
        if !course.start.isCold { built.start = course.start }
        try ReportArchive.write(
            built, workspace: course.workspace, models: course.models, options: course.options)
        await course.remember(built, trials: outcome.trials)
        return built
    }
}
