/// What was known of one requirement at one time: the measured value, and whether it meets the test.
package struct VerdictRecord: Sendable, Hashable {
    /// The requirement's name, such as `R7`.
    package var requirement: String
    /// The hash of its text and test.
    package var fingerprint: String
    package var metric: String
    /// The test, such as `≤ 800 ms`; empty where there is none.
    package var test: String
    /// `met`, `not met`, `undetermined`, `not measured` or `stale`.
    package var verdict: String
    /// In the requirement's unit; nil where nothing was measured.
    package var value: Double?
    package var lower: Double?
    package var upper: Double?
    /// How many questions, requests or other things the value is over.
    package var count: Int?
    /// On what: `held-out`, `cross-fitted`, `search`, …
    package var basis: String?
    /// The short name of the study.
    package var study: String?
    package var trial: Int?
    /// When it was measured; nil where nothing was.
    package var measured: String?
    /// When it was written down.
    package var recorded: String
    /// The verdict in words.
    package var sentence: String

    /// A record.
    package init(
        requirement: String, fingerprint: String, metric: String, test: String, verdict: String, value: Double?,
        lower: Double?, upper: Double?, count: Int?, basis: String?, study: String?, trial: Int?, measured: String?,
        recorded: String, sentence: String
    ) {
        self.requirement = requirement
        self.fingerprint = fingerprint
        self.metric = metric
        self.test = test
        self.verdict = verdict
        self.value = value
        self.lower = lower
        self.upper = upper
        self.count = count
        self.basis = basis
        self.study = study
        self.trial = trial
        self.measured = measured
        self.recorded = recorded
        self.sentence = sentence
    }

    /// Whether another one says the same of the same measurement.
    func says(theSameAs other: VerdictRecord) -> Bool {
        var other = other
        other.recorded = recorded
        return self == other
    }
}
