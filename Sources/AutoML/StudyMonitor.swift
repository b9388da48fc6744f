/// Counts what the concurrent trials of a study do, reports it in order, and says when the time is over.
actor StudyMonitor {
    private let objective: Objective
    private let nanoseconds: @Sendable () -> UInt64
    private let start: UInt64
    private let limitNanoseconds: Double?
    private let report: @Sendable (StudyProgress) -> Void
    private var progress: StudyProgress
    /// The clock may jump back; time as the study counts it does not.
    private var elapsed: UInt64 = 0

    init(
        progress: StudyProgress,
        objective: Objective,
        seconds: Double?,
        nanoseconds: @escaping @Sendable () -> UInt64,
        report: @escaping @Sendable (StudyProgress) -> Void
    ) {
        self.progress = progress
        self.objective = objective
        self.nanoseconds = nanoseconds
        self.report = report
        limitNanoseconds = seconds.map { $0 * 1e9 }
        start = nanoseconds()
    }

    /// Whether the time is over and there is a result to stop with.
    var mayStop: Bool { isOver && progress.best != nil }

    /// Whether the time is over.
    var isOver: Bool {
        tick()
        return limitNanoseconds.map { Double(elapsed) >= $0 } ?? false
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
