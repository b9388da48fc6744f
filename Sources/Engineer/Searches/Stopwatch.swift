internal import Base

/// Seconds by phase.
struct Stopwatch {
    private let time: TimeSource
    private let start: UInt64
    private var last: UInt64
    private(set) var laps: [(phase: String, seconds: Double)] = []

    init(time: TimeSource) {
        self.time = time
        start = time.nanoseconds()
        last = start
    }

    /// Ends a phase.
    mutating func lap(_ phase: String) {
        let now = time.nanoseconds()
        laps.append((phase, Double(now > last ? now - last : 0) / 1e9))
        last = now
    }

    /// Seconds since the beginning.
    var total: Double { Double(last > start ? last - start : 0) / 1e9 }
}
