internal import Base

/// A search: tries configurations of a space on items until it has tried all or a limit is reached.
///
/// The first trial is the space's default. Ask n is told exactly how the trials below n − jobs + 1 came out, whichever
/// have ended by then: with one job all the earlier ones. So what is tried depends only on the seed and on `jobs`, never on the speed of the machine. All is
/// written into the journal before it counts: a study that was killed goes on from there when it is run again.
///
/// ```swift
/// let outcome = try await Study(
///     space: space, sampler: RandomSampler(space), objective: Objective("ndcg@10"), items: questions,
///     evaluator: evaluator, journal: journal, limits: StudyLimits(trials: 40), seed: 1
/// ).run()
/// ```
public struct Study: Sendable {
    let space: SearchSpace
    let sampler: any Sampler
    let objective: Objective
    let items: [String]
    let evaluator: any Evaluator
    let journal: any TrialJournal
    let jobs: Int
    let limits: StudyLimits
    let racing: Racing?
    let seed: UInt64
    let meter: (@Sendable () -> Double)?
    let nanoseconds: @Sendable () -> UInt64
    let progress: @Sendable (StudyProgress) -> Void

    /// A study.
    ///
    /// - Parameters:
    ///   - space: What may be tried.
    ///   - sampler: Who proposes what to try.
    ///   - objective: What is made as good as it can be.
    ///   - items: What every configuration is measured on, each once.
    ///   - evaluator: Who measures. What it throws, apart from a cancellation, fails the trial and not the study.
    ///   - journal: Where all is written down; of this study only.
    ///   - jobs: How many trials are measured at the same time.
    ///   - limits: When to stop.
    ///   - racing: When a trial is stopped before it was measured on every item; nil for never. The first trial, and
    ///     configurations that the evaluator says are cheap, are measured in full.
    ///   - seed: Where all chance comes from.
    ///   - meter: What this process has spent so far on what is paid for; nil where nothing is.
    ///   - nanoseconds: A clock that never goes back; nil for the machine's.
    ///   - progress: Hears after each block how far the study is, one call at a time.
    public init(
        space: SearchSpace,
        sampler: any Sampler,
        objective: Objective,
        items: [String],
        evaluator: any Evaluator,
        journal: any TrialJournal,
        jobs: Int = 1,
        limits: StudyLimits = StudyLimits(),
        racing: Racing? = nil,
        seed: UInt64,
        meter: (@Sendable () -> Double)? = nil,
        nanoseconds: (@Sendable () -> UInt64)? = nil,
        progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) {
        self.space = space
        self.sampler = sampler
        self.objective = objective
        self.items = items
        self.evaluator = evaluator
        self.journal = journal
        self.jobs = jobs
        self.limits = limits
        self.racing = racing
        self.seed = seed
        self.meter = meter
        self.nanoseconds = nanoseconds ?? TimeSource.system.nanoseconds
        self.progress = progress
    }

    /// Runs, or goes on with, the study.
    ///
    /// - Throws: ``AutoMLError`` where the study cannot be run or every trial failed; what the journal throws;
    ///   `CancellationError`, after which the journal can be gone on with.
    public func run() async throws -> StudyOutcome {
        try check()
        let journaled = Dictionary(
            try await journal.trials().map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var course = StudyCourse(self, journaled: journaled)
        let monitor = StudyMonitor(
            progress: StudyProgress(trialsPlanned: trialsPlanned, itemsPerTrial: items.count),
            objective: objective,
            limits: limits,
            meter: meter,
            spendings: try await journal.spendings(),
            nanoseconds: nanoseconds,
            report: progress
        )
        try await withThrowingTaskGroup(of: TrialResult.self) { group in
            var running = 0
            while true {
                while running < jobs, await monitor.suspension == nil,
                    let trial = try await course.next(await monitor.budget)
                {
                    await monitor.began()
                    let race = course.race(of: trial)
                    group.addTask { try await measure(trial, race: race, monitor: monitor) }
                    running += 1
                }
                guard let result = try await group.next() else { break }
                running -= 1
                course.tell(result)
            }
        }
        var ending = course.ending
        var results = course.results
        if let suspension = await monitor.suspension {
            ending = .cost
            // Without a result there is nothing to end with but the reason.
            if !results.contains(where: \.isUsable) { throw suspension }
        } else if ending == .exhausted || ending == .trials {
            results = try await giveSecondChances(course, journaled: journaled, monitor: monitor)
            if await monitor.isOver { ending = .seconds } else if await monitor.isSpent { ending = .cost }
        }
        var outcome = try StudyOutcome(trials: results, objective: objective, ending: ending)
        outcome.refusal = course.refusal.map { .init(foretold: $0.foretold, left: $0.left) }
        return outcome
    }

    /// How many trials there will be at most.
    private var trialsPlanned: Int? {
        [limits.trials, space.size].compactMap(\.self).min()
    }

    private func check() throws(AutoMLError) {
        guard !items.isEmpty else {
            throw AutoMLError(.invalidStudy, "There are no items to measure configurations on; give at least one.")
        }
        var seen: Set<String> = []
        if let twice = items.first(where: { !seen.insert($0).inserted }) {
            throw AutoMLError(.invalidStudy, "The item `\(twice)` is listed twice; each may occur once.")
        }
        guard jobs >= 1 else {
            throw AutoMLError(.invalidStudy, "\(jobs) jobs measure nothing; give at least 1.")
        }
        if let trials = limits.trials, trials < 1 {
            throw AutoMLError(.invalidStudy, "A budget of \(trials) trials measures nothing; give at least 1.")
        }
        if let evaluations = limits.evaluations, evaluations < 1 {
            throw AutoMLError(.invalidStudy, "A budget of \(evaluations) evaluations measures nothing; give 1 or more.")
        }
        if let seconds = limits.seconds, !(seconds > 0) {
            throw AutoMLError(.invalidStudy, "A budget of \(seconds) seconds measures nothing; give more than 0.")
        }
        if let cost = limits.cost, !(cost > 0) {
            throw AutoMLError(.invalidStudy, "A budget of \(cost) for the cost buys nothing; give more than 0.")
        }
        guard space.size != nil || limits != StudyLimits() else {
            throw AutoMLError(.invalidStudy, "The space is infinite and so would be the search; limit trials or time.")
        }
    }
}
