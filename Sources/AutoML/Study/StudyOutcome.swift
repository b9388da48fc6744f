/// A trial with all that was measured of it.
public struct TrialResult: Sendable, Hashable {
    /// The trial.
    public var trial: Trial
    /// One measurement an item, in the order of the study's items; fewer where the trial is not complete.
    public var measurements: [Measurement]
    /// The objective's mean over all items, failures included; nil where the trial is not complete.
    public var value: Double?

    /// A result.
    public init(trial: Trial, measurements: [Measurement], value: Double?) {
        self.trial = trial
        self.measurements = measurements
        self.value = value
    }

    /// How many items could not be measured.
    public var failures: Int { measurements.count { $0.failure != nil } }

    /// Whether it is complete and anything at all could be measured: only then can it win.
    package var isUsable: Bool { value != nil && measurements.contains { $0.failure == nil } }

    /// The commonest reason why it, or its items, failed.
    var reason: String? {
        trial.failure ?? commonest(measurements.compactMap(\.failure))?.text
    }
}

/// What a study found.
public struct StudyOutcome: Sendable, Hashable {
    /// Why it stopped.
    public enum Ending: String, Sendable, Codable {
        /// The sampler had no more configurations.
        case exhausted
        /// The limit of trials was reached.
        case trials
        /// The limit of time was reached.
        case seconds
        /// The limit of measurements was reached.
        case evaluations
        /// The limit of cost was reached.
        case cost
    }

    /// A trial that did not begin because it would probably have gone beyond a limit.
    public struct Refusal: Sendable, Hashable {
        /// What it would probably have taken, in seconds or in the study's currency.
        public var foretold: Double
        /// How much of that was left.
        public var left: Double

        /// A trial that did not fit.
        public init(foretold: Double, left: Double) {
            self.foretold = foretold
            self.left = left
        }
    }

    /// All trials by number; the first one is the space's default.
    public var trials: [TrialResult]
    /// The trial with the best mean over the items; of equal ones the earliest.
    public var winner: TrialResult
    /// Why the study stopped.
    public var ending: Ending
    /// What did not fit any more; nil where that was not why it stopped.
    public var refusal: Refusal?

    /// An outcome.
    public init(trials: [TrialResult], winner: TrialResult, ending: Ending) {
        self.trials = trials
        self.winner = winner
        self.ending = ending
    }

    /// Chooses the winner.
    ///
    /// - Throws: ``AutoMLError`` with the commonest reason, where every trial failed.
    init(trials: [TrialResult], objective: Objective, ending: Ending) throws(AutoMLError) {
        var winner: TrialResult?
        for result in trials where result.isUsable {
            guard let value = result.value else { continue }
            if let best = winner?.value, !objective.isBetter(value, than: best) { continue }
            winner = result
        }
        guard let winner else {
            let reasons = trials.compactMap(\.reason)
            let common = commonest(reasons)
            throw AutoMLError(
                .allTrialsFailed,
                "No configuration could be measured: all \(trials.count) trials failed, \(common?.count ?? 0) of them with: "
                    + (common?.text ?? "no reason given.")
            )
        }
        self.init(trials: trials, winner: winner, ending: ending)
    }
}

/// The text that occurs most often; of equally common ones the first in the alphabet.
private func commonest(_ texts: [String]) -> (text: String, count: Int)? {
    var counts: [String: Int] = [:]
    for text in texts {
        counts[text, default: 0] += 1
    }
    return counts.map { (text: $0.key, count: $0.value) }.min { (-$0.count, $0.text) < (-$1.count, $1.text) }
}
