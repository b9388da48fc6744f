public import Base

/// What a sampler knows about one configuration that was tried.
public struct Observation: Sendable, Hashable {
    /// How a trial came out.
    public enum Outcome: Sendable, Hashable {
        /// Not known yet, or not yet to be told.
        case pending
        /// The objective, turned so that larger is better.
        case score(Double)
        /// The configuration could not be measured.
        case failed
    }

    /// The trial's number.
    public var number: Int
    /// What was tried.
    public var configuration: Configuration
    /// How it came out.
    public var outcome: Outcome

    /// An observation.
    public init(number: Int, configuration: Configuration, outcome: Outcome) {
        self.number = number
        self.configuration = configuration
        self.outcome = outcome
    }
}

/// Proposes which configuration to try next.
///
/// The history is all that a sampler is told, and the generator the only source of chance: a sampler keeps no state of
/// its own, so that a study which was killed asks again and hears the same. Check an own one as `SamplerConformance`
/// in this package's tests does.
public protocol Sampler: Sendable {
    /// The sampler's name, for reports: `random`.
    var name: String { get }

    /// The next configuration, normalised and not in the history; nil where none is left.
    ///
    /// - Parameters:
    ///   - history: The trials so far by number, those whose outcome is not to be told as pending.
    ///   - generator: A sequence of the trial's own.
    func ask(history: [Observation], using generator: inout SplitMix64) throws -> Configuration?

    /// Who is to be named as having proposed a configuration; without its own, the sampler.
    func origin(of configuration: Configuration) -> String
}

extension Sampler {
    /// The sampler's name.
    public func origin(of configuration: Configuration) -> String { name }
}
