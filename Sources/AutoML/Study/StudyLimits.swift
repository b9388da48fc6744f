/// When a study stops, apart from running out of configurations.
public struct StudyLimits: Sendable, Hashable, Codable {
    /// How many trials it has, those in its journal included; later ones in the journal are left aside.
    public var trials: Int?
    /// How long it may run this time, in seconds. Then nothing new begins, and unfinished trials stop after their
    /// block and can go on next time; but the study goes on until one trial is complete.
    /// Nor does a trial begin that, going by earlier ones of its kind, would not end in time.
    public var seconds: Double?
    /// How many measurements of single items there may be, those in the journal included. A trial that certainly needs
    /// more than are left does not begin; the first one always does.
    public var evaluations: Int?
    /// What the study may cost by its meter, what its journal says was spent before included. No trial begins when that is
    /// reached, or when it would be exceeded going by earlier trials of its kind; the first one always does. A trial that is under way
    /// when it is reached stops after its block and can go on next time.
    public var cost: Double?

    /// Limits; nil where there is none.
    public init(trials: Int? = nil, seconds: Double? = nil, evaluations: Int? = nil, cost: Double? = nil) {
        self.trials = trials
        self.seconds = seconds
        self.evaluations = evaluations
        self.cost = cost
    }
}
