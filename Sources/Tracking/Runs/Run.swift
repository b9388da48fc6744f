package import Base

/// A search, a training, a benchmark, a session of an agent: whatever was done once, and has figures.
package struct Run: Sendable, Hashable {
    /// Where a run stands.
    package enum Status: String, Sendable, Hashable, CaseIterable {
        /// Still logging, as far as anybody knows.
        case running
        /// Ended as it should.
        case finished
        /// Ended by an error.
        case failed
        /// Was stopped by a person.
        case stopped
        /// Its process is gone and did not say why.
        case crashed
    }

    package var id: RunID
    /// The project that it belongs to.
    package var project: String
    /// What was done: `search`, `trial`, `evaluation`, `agent`, `benchmark`, `training`, or any other word.
    package var kind: String
    /// Runs that are looked at together.
    package var group: String?
    /// For people; need not be unique.
    package var name: String
    /// The run of which it is a part, as a trial is of a search.
    package var parent: RunID?
    package var status: Status
    /// What it was made with: a JSON object.
    package var configuration: JSONValue
    package var tags: [String]
    package var origin: RunOrigin
    /// Seconds since 1970.
    package var started: Double
    /// Seconds since 1970, where it has ended.
    package var ended: Double?
    /// When it last logged, in seconds since 1970.
    package var lastLogged: Double
    package var notes: String?
    /// What ended it, where it failed.
    package var failure: String?
    /// How many points it has logged.
    package var points: Int
}

/// Where and how a run was made.
package struct RunOrigin: Sendable, Hashable {
    /// The commit that was checked out.
    package var commit: String?
    /// Whether files differed from it.
    package var isDirty: Bool?
    package var host: String?
    /// Processor, cores, memory, accelerators: a JSON object.
    package var hardware: JSONValue?
    /// The command line.
    package var command: [String]
    package var seed: UInt64?

    package init(
        commit: String? = nil, isDirty: Bool? = nil, host: String? = nil, hardware: JSONValue? = nil,
        command: [String] = [], seed: UInt64? = nil
    ) {
        self.commit = commit
        self.isDirty = isDirty
        self.host = host
        self.hardware = hardware
        self.command = command
        self.seed = seed
    }
}
