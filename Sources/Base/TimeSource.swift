#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Where time comes from, so that tests can supply it.
package struct TimeSource: Sendable {
    /// The date, for people to read.
    package var now: @Sendable () -> Date
    /// Nanoseconds since some fixed moment; never goes back. For durations.
    package var nanoseconds: @Sendable () -> UInt64

    /// A source made of two functions.
    package init(now: @escaping @Sendable () -> Date, nanoseconds: @escaping @Sendable () -> UInt64) {
        self.now = now
        self.nanoseconds = nanoseconds
    }

    /// The machine's clocks.
    package static var system: TimeSource {
        let start = ContinuousClock.now
        return TimeSource(
            now: { Date() },
            nanoseconds: {
                let parts = start.duration(to: .now).components
                return UInt64(parts.seconds) * 1_000_000_000 + UInt64(parts.attoseconds / 1_000_000_000)
            }
        )
    }
}

extension Date {
    /// `2026-11-21T10:15:30Z`.
    package var timestamp: String { ISO8601Format() }
}
