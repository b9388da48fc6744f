/// One configuration that a study tries.
public struct Trial: Sendable, Hashable, Codable {
    /// How far it is.
    public enum State: String, Sendable, Codable {
        /// Asked for and journaled; perhaps partly measured.
        case running
        /// Measured on every item.
        case complete
        /// Measured on a part of the items, and stopped by the race.
        case stopped
        /// Could not be measured at all; `failure` says why.
        case failed

        /// Whether a journal may write down another state after this one: a stopped trial may get a second chance.
        package func mayBecome(_ next: State) -> Bool {
            self == next || self == .running || self == .stopped && next != .running
        }
    }

    /// Its place in the order of asking, from 0.
    public var number: Int
    /// What it tries.
    public var configuration: Configuration
    /// How far it is.
    public var state: State
    /// Why it failed.
    public var failure: String?
    /// Who proposed it: `default`, or the sampler's name.
    public var origin: String

    /// A trial.
    public init(
        number: Int, configuration: Configuration, state: State = .running, failure: String? = nil, origin: String
    ) {
        self.number = number
        self.configuration = configuration
        self.state = state
        self.failure = failure
        self.origin = origin
    }
}

/// Where a study writes down what it has done, so that it can be killed at any moment and go on.
///
/// Every function returns only after the fact is durable, and each is one transaction. Writing the same fact twice
/// changes nothing.
public protocol TrialJournal: Sendable {
    /// The trials so far, by number.
    func trials() async throws -> [Trial]
    /// The measurements of a trial so far.
    func measurements(ofTrial number: Int) async throws -> [Measurement]
    /// Writes down that a trial was asked for.
    func begin(_ trial: Trial) async throws
    /// Writes down a block of measurements.
    func record(_ measurements: [Measurement], ofTrial number: Int) async throws
    /// Writes down how a trial ended.
    func finish(trial number: Int, state: Trial.State, failure: String?) async throws
    /// What each trial took in all runs together, and what was spent outside of trials. A study writes down all that costs
    /// money, and times where it has a limit that needs them.
    func spendings() async throws -> [TrialSpending]
    /// Adds to what a trial took. Unlike the others this counts each time that it is called. A journal beside which another
    /// book is kept of what is paid reads the cost from there, and writes down the time alone.
    func spend(_ spending: TrialSpending) async throws
}
