/// How long a watchdog waits before it looks again: longer while nothing grows, and never so long that memory could be
/// filled far beyond its limit meanwhile.
struct WatchPace: Sendable, Hashable {
    private static let shortest = 50
    /// What a few cores fill in a millisecond at most.
    private static let bytesAMillisecond = 8 << 20

    private let memoryLimit: Int
    private let taskLimit: Int
    private let longest: Int
    private var memoryBytes = 0
    private var tasks = 0
    private var milliseconds = shortest

    /// - Parameter longest: milliseconds; a server, which lives for hours, is looked at less often.
    init(_ limits: SandboxLimits, longest: Int = 200) {
        self.longest = longest
        memoryLimit = limits.memoryBytes
        taskLimit = limits.processes
    }

    /// Until the next look.
    var pause: Duration { .milliseconds(milliseconds) }

    /// Takes in what a look found.
    mutating func saw(memoryBytes: Int, tasks: Int) {
        let room = max(0, memoryLimit - memoryBytes)
        // An eighth of what is left, between two looks, is growth.
        let grows = (memoryBytes - self.memoryBytes) * 8 > room || (tasks - self.tasks) * 8 > max(0, taskLimit - tasks)
        (self.memoryBytes, self.tasks) = (memoryBytes, tasks)
        let wanted = grows ? Self.shortest : milliseconds * 2
        milliseconds = max(Self.shortest, min(wanted, longest, room / Self.bytesAMillisecond))
    }
}
