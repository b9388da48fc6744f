/// How a run inside walls ended, what it printed, and what it took.
package struct SandboxResult: Sendable, Hashable {
    /// The exit code; 128 + n where signal n ended it, as shells count.
    package var status: Int
    /// What it wrote to standard output: all of it, or head and tail where it was long.
    package var output: String
    /// What it wrote to standard error, likewise.
    package var errorOutput: String
    /// How many bytes of standard output were left out.
    package var outputLeftOut: Int
    /// How many bytes of both were left out.
    package var leftOut: Int
    /// The limits that it came to.
    package var limitsHit: Set<SandboxLimit>
    /// What it took.
    package var usage: SandboxUsage
    /// What held it.
    package var walls: SandboxWalls
    /// What it changed that was not its to change, and was put back: a sentence each.
    package var violations: [String]
    /// What it asked of the network, in the order in which it ended.
    package var connections: [EgressConnection]
    /// How many of those are not in the list, because it would be too long.
    package var connectionsLeftOut: Int
}

/// What a run took.
package struct SandboxUsage: Sendable, Hashable, Codable {
    /// Seconds on the clock, with the walls' own.
    package var wallSeconds: Double
    /// Seconds of processor time of all processes; nil where nobody counted.
    package var cpuSeconds: Double?
    /// The most memory that one process had, in bytes; nil where nobody counted.
    package var residentBytes: Int?
    /// The most memory that all processes had together, with files in memory; nil where no control group counted.
    package var peakBytes: Int?
}
