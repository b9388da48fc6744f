/// What measuring has taken: time, and money where somebody is paid for it.
public struct TrialSpending: Sendable, Hashable, Codable {
    /// The trial; nil for what was spent outside of trials.
    public var trial: Int?
    /// How long it was measured.
    public var seconds: Double
    /// What it cost, in the study's currency.
    public var cost: Double

    /// A spending.
    public init(trial: Int?, seconds: Double = 0, cost: Double = 0) {
        self.trial = trial
        self.seconds = seconds
        self.cost = cost
    }

    /// Both together, of the trial of the first.
    public static func + (left: TrialSpending, right: TrialSpending) -> TrialSpending {
        TrialSpending(trial: left.trial, seconds: left.seconds + right.seconds, cost: left.cost + right.cost)
    }
}
