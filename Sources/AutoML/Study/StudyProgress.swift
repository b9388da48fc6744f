/// How far a study is.
public struct StudyProgress: Sendable, Hashable {
    /// The best trial so far.
    public struct Best: Sendable, Hashable {
        /// Its number.
        public var trial: Int
        /// Its mean over the items.
        public var value: Double

        /// A best trial.
        public init(trial: Int, value: Double) {
            self.trial = trial
            self.value = value
        }
    }

    /// Trials begun, those of earlier runs included.
    public var trialsBegun: Int = 0
    /// Trials measured on every item, or failed.
    public var trialsEnded: Int = 0
    /// How many of those failed.
    public var trialsFailed: Int = 0
    /// How many trials there will be; nil where only the time is limited.
    public var trialsPlanned: Int?
    /// Items that every trial is measured on.
    public var itemsPerTrial: Int = 0
    /// Measurements so far, those of earlier runs included.
    public var measurements: Int = 0
    /// Measurements of this run: what a rate is computed from.
    public var measurementsThisRun: Int = 0
    /// Seconds since this run began.
    public var seconds: Double = 0
    /// The best trial so far.
    public var best: Best?

    /// Measurements that there will be, if no trial fails; nil where only the time is limited.
    public var measurementsPlanned: Int? { trialsPlanned.map { $0 * itemsPerTrial } }

    /// The start.
    public init(trialsPlanned: Int?, itemsPerTrial: Int) {
        self.trialsPlanned = trialsPlanned
        self.itemsPerTrial = itemsPerTrial
    }
}
