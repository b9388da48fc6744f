/// When a study stops, apart from running out of configurations.
public struct StudyLimits: Sendable, Hashable, Codable {
    /// How many trials it has, those in its journal included; later ones in the journal are left aside.
    public var trials: Int?
    /// How long it may run this time, in seconds. Then nothing new begins, and unfinished trials stop after their
    /// block and can go on next time; but the study goes on until one trial is complete.
    public var seconds: Double?
    /// After how many measurements of single items no further trial begins, those in the journal included.
    public var evaluations: Int?

    /// Limits; nil where there is none.
    public init(trials: Int? = nil, seconds: Double? = nil, evaluations: Int? = nil) {
        self.trials = trials
        self.seconds = seconds
        self.evaluations = evaluations
    }
}
