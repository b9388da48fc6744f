package import AutoML
internal import Base

/// How searches begin: what `neo learn` has made of all records.
package struct SearchStrategy: Sendable, Hashable, Codable {
    /// What is written today.
    static let format = "neo.strategy/1"

    package var format = Self.format
    package var version: Int
    /// When it was made: `2026-11-22`.
    package var day: String
    /// The records that it was made from.
    package var records: [String]
    /// How many configurations are tried right after the default.
    package var seeds: Int
    /// Configurations that do well together over all records, the most helpful first.
    package var portfolio: [Configuration]
    /// What each value of a parameter adds to the regret, by parameter and the value's text.
    package var priors: [String: [String: Double]]
    /// The parameters in the order in which a greedy search varies them: what promises most first, what is right in the
    /// portfolio's first configuration last.
    package var order: [String]
    /// What the replay said.
    package var replay: Replay?

    /// Searches of the past, replayed with the documents left out that they were about.
    package struct Replay: Sendable, Hashable, Codable {
        package var corpora: Int
        package var studies: Int
        /// After how many trials.
        package var trials: Int
        /// The mean regret that the strategy before leaves, and this one; and without any.
        package var before: Double
        package var after: Double
        package var cold: Double
    }
}
