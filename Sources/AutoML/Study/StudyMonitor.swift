/// Counts what the concurrent trials of a study do, reports it in order, and says when the time is over.
actor StudyMonitor {
    private let objective: Objective
    private let nanoseconds: @Sendable () -> UInt64
    private let start: UInt64
    private let limitNanoseconds: Double?
    private let report: @Sendable (StudyProgress) -> Void
    private var progress: StudyProgress
    private let meter: (@Sendable () -> Double)?
    /// What the meter said last, and what the journal says was spent.
    private var metered: Double
    private var spendings: [Int?: TrialSpending]
    private let limitCost: Double?
    /// Why measuring cannot go on.
    private(set) var suspension: (any Error)?
    /// The clock may jump back; time as the study counts it does not.
    private var elapsed: UInt64 = 0

    init(
        progress: StudyProgress,
        objective: Objective,
        limits: StudyLimits,
        meter: (@Sendable () -> Double)? = nil,
        spendings: [TrialSpending] = [],
        nanoseconds: @escaping @Sendable () -> UInt64,
        report: @escaping @Sendable (StudyProgress) -> Void
    ) {
        self.progress = progress
        self.objective = objective
        self.nanoseconds = nanoseconds
        self.report = report
        limitNanoseconds = limits.seconds.map { $0 * 1e9 }
        limitCost = limits.cost
        self.meter = meter
        metered = meter?() ?? 0
        self.spendings = Dictionary(spendings.map { ($0.trial, $0) }, uniquingKeysWith: +)
        start = nanoseconds()
    }

    /// Whether the time is over, or the money is spent, and there is a result to stop with; or nothing can go on.
    var mayStop: Bool { suspension != nil || (isOver || budget.costLeft ?? 1 <= 0) && progress.best != nil }

    /// Nothing more can be measured.
    func suspend(_ reason: any Error) { suspension = suspension ?? reason }

    /// Whether the time is over.
    var isOver: Bool {
        tick()
        return limitNanoseconds.map { Double(elapsed) >= $0 } ?? false
    }

    /// Whether the money is spent.
    var isSpent: Bool { suspension != nil || budget.costLeft ?? 1 <= 0 }

    /// What is left.
    var budget: StudyBudget {
        guard limitNanoseconds != nil || limitCost != nil else { return StudyBudget() }
        tick()
        let spent = spendings.values.reduce(0) { $0 + $1.cost }
        return StudyBudget(
            isOver: isOver, secondsLeft: limitNanoseconds.map { ($0 - Double(elapsed)) / 1e9 },
            costLeft: limitCost.map { $0 - spent },
            spendings: Dictionary(
                spendings.values.compactMap { spending in spending.trial.map { ($0, spending) } },
                uniquingKeysWith: +))
    }

    /// Counts what was spent since the last time on a trial; nil where that is nothing. Where several are measured at the
    /// same time, each bears what was spent until its own block ended.
    func spend(on trial: Int, seconds: Double = 0) -> TrialSpending? {
        let now = meter?() ?? 0
        let spending = TrialSpending(trial: trial, seconds: seconds, cost: max(now - metered, 0))
        metered = max(now, metered)
        guard spending.cost > 0 || seconds > 0 else { return nil }
        spendings[trial] = spendings[trial].map { $0 + spending } ?? spending
        return spending
    }

    /// A trial was begun, or found in the journal.
    func began() {
        progress.trialsBegun += 1
        send()
    }

    /// Measurements were found in the journal.
    func restored(_ count: Int) {
        progress.measurements += count
        send()
    }

    /// A block was measured and written down.
    func measured(_ count: Int) {
        progress.measurements += count
        progress.measurementsThisRun += count
        send()
    }

    /// A trial ended; perhaps once more.
    func ended(_ result: TrialResult, isAgain: Bool) {
        guard result.trial.state != .running else { return }
        if !isAgain { progress.trialsEnded += 1 }
        if result.trial.state == .failed { progress.trialsFailed += 1 }
        if let value = result.value, result.isUsable {
            // Trials end in any order; of equal ones the earliest is the best.
            let isBetter = progress.best.map { best in
                objective.isBetter(value, than: best.value)
                    || (value == best.value && result.trial.number < best.trial)
            }
            if isBetter ?? true { progress.best = .init(trial: result.trial.number, value: value) }
        }
        send()
    }

    private func send() {
        tick()
        progress.seconds = Double(elapsed) / 1e9
        report(progress)
    }

    private func tick() {
        let now = nanoseconds()
        if now > start { elapsed = max(elapsed, now - start) }
    }
}
