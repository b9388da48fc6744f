internal import Base
internal import Processes
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Looks after a run's limits, and ends it where one is hit. What a control group keeps is only asked of it. How often it
/// looks is `WatchPace`'s.
final class Watchdog: Sendable {
    private let limits: SandboxLimits
    private let hit = Mutex<Set<SandboxLimit>>([])
    private let process = Mutex<Int32?>(nil)
    private let first = Mutex<RunningProcess?>(nil)
    private let connection: CellConnection
    private let joinedGroup = Mutex<ControlGroup?>(nil)

    private let pace: WatchPace

    init(limits: SandboxLimits, connection: CellConnection, pace: WatchPace) {
        self.pace = pace
        self.limits = limits
        self.connection = connection
    }

    /// The limits that were hit so far.
    var limitsHit: Set<SandboxLimit> { hit.withLock { $0 } }

    /// Says which process is to be ended with all that it started.
    func started(_ number: Int32) { process.withLock { $0 = number } }

    /// Says which process is the first inside.
    func runs(_ number: Int32) { first.withLock { $0 = RunningProcess(number) } }

    /// Ends the first process inside where it outlived its launcher: bubblewrap tells it to end with its parent only when
    /// the walls stand, so that one whose parents were killed before goes on alone.
    func endOrphan() { first.withLock { $0 }?.kill() }

    /// Says which control group the run is in.
    func joined(_ group: ControlGroup) { joinedGroup.withLock { $0 = group } }

    /// The control group that the run is in.
    var group: ControlGroup? { joinedGroup.withLock { $0 } }

    /// Notes a limit and ends the run.
    func end(for limit: SandboxLimit) {
        hit.withLock { _ = $0.insert(limit) }
        // The first process inside takes all others with it, and those outside it can still say what the run took.
        if let first = connection.report.firstProcess { kill(first, SIGKILL) } else { endAll() }
    }

    /// Ends the run with its launcher.
    func endAll() {
        if let number = process.withLock({ $0 }) { RunningProcess(number)?.kill() }
    }

    /// Watches until it is cancelled. The clock runs from the moment at which something runs inside.
    func watch() async throws {
        let clock = ContinuousClock()
        let latestStart = clock.now + .seconds(120)
        var end: ContinuousClock.Instant?
        var pace = pace
        while true {
            let look = clock.now + pace.pause
            try await Task.sleep(until: end.map { min(look, $0) } ?? look, clock: clock)
            if let end, clock.now >= end {
                self.end(for: .wallSeconds)
                // A run whose launcher hangs is ended with it.
                try await Task.sleep(for: .seconds(2))
                return endAll()
            }
            connection.receive(waitingMilliseconds: 0)
            guard let first = connection.report.firstProcess else {
                // Walls that do not come up, also on a busy machine, never will.
                if clock.now > latestStart { endAll() }
                continue
            }
            end = end ?? clock.now + .seconds(limits.wallSeconds)
            lookInside(first, group, &pace)
        }
    }

    private func lookInside(_ first: Int32, _ group: ControlGroup?, _ pace: inout WatchPace) {
        if let group {
            let counted = group.usage
            if let used = counted.cpuSeconds, used > limits.cpuSeconds { end(for: .cpuSeconds) }
            if counted.refusedProcesses > 0 { end(for: .processes) }
            if group.controllers == Set(ControlGroups.Controller.allCases), counted.cpuSeconds != nil {
                return pace.saw(memoryBytes: 0, tasks: 0)
            }
        }
        let inside = ProcessGroupUsage(below: first)
        if inside.cpuSeconds > limits.cpuSeconds { end(for: .cpuSeconds) }
        let memory =
            group?.controllers.contains(.memory) == true ? 0 : inside.memoryBytes + FolderMemory.bytes(of: first)
        if memory > limits.memoryBytes { end(for: .memoryBytes) }
        pace.saw(memoryBytes: memory, tasks: inside.tasks)
        if group?.controllers.contains(.processes) != true, inside.tasks > limits.processes + 2 { end(for: .processes) }
    }
}
