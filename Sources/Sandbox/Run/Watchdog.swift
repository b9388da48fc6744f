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

/// Looks after a run's limits every 50 ms, and ends it where one is hit.
final class Watchdog: Sendable {
    private let limits: SandboxLimits
    private let hit = Mutex<Set<SandboxLimit>>([])
    private let process = Mutex<Int32?>(nil)
    private let connection: CellConnection

    init(limits: SandboxLimits, connection: CellConnection) {
        self.limits = limits
        self.connection = connection
    }

    /// The limits that were hit so far.
    var limitsHit: Set<SandboxLimit> { hit.withLock { $0 } }

    /// Says which process is to be ended with all that it started.
    func started(_ number: Int32) { process.withLock { $0 = number } }

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

    /// Watches until it is cancelled.
    func watch() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(limits.wallSeconds)
        while true {
            try await Task.sleep(until: min(clock.now + .milliseconds(50), end), clock: clock)
            if clock.now >= end {
                self.end(for: .wallSeconds)
                // A run whose launcher hangs is ended with it.
                try await Task.sleep(for: .seconds(2))
                return endAll()
            }
            connection.receive(waitingMilliseconds: 0)
            guard let first = connection.report.firstProcess else { continue }
            let inside = ProcessGroupUsage(namespaceOf: first)
            if inside.memoryBytes > limits.memoryBytes { self.end(for: .memoryBytes) }
            if inside.cpuSeconds > limits.cpuSeconds { self.end(for: .cpuSeconds) }
            if inside.tasks > limits.processes + 2 { self.end(for: .processes) }
        }
    }
}
