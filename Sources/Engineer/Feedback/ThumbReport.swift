package import Base
package import Statistics
package import Storage

/// How a release's answers are liked.
package struct ThumbReport: Sendable, Hashable {
    /// Nil for settings that are no release.
    package let release: Int?
    package let up: Int
    package let down: Int
    /// How many came in floods, and do not count.
    package let damped: Int
    /// The share of thumbs up with Wilson's interval; nil where nobody said anything that counts.
    package let share: Interval?

    /// The report of a count.
    package init(_ count: ThumbCount) {
        (release, up, down, damped) = (count.release, count.up, count.down, count.damped)
        share = try? wilsonInterval(successes: count.up, of: count.up + count.down)
    }

    /// The fields of `neo feedback --json`.
    package var json: JSONValue {
        [
            "release": release.map { .integer($0) } ?? .null, "up": .integer(up), "down": .integer(down),
            "damped": .integer(damped), "share": share.map(Self.json) ?? .null,
        ]
    }

    static func json(_ interval: Interval) -> JSONValue {
        [
            "estimate": .number(interval.estimate), "lower": .number(interval.lower), "upper": .number(interval.upper),
            "confidence": .number(interval.confidence),
        ]
    }
}
