internal import Base
internal import NIOPosix
package import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Runs programs inside walls: bubblewrap with a narrow view of the machine, a filter of system calls, limits, and no
/// network but through Neo.
///
/// This is defence in depth, not a guarantee: what is inside shares the machine's kernel. Where code is run that somebody
/// hostile wrote, a virtual machine belongs around Neo.
///
/// ```swift
/// let sandbox = try Sandbox.find()
/// let result = try await sandbox.run(["make", "test"], under: SandboxPolicy(workspace: folder))
/// print(result.status, result.output)
/// ```
package struct Sandbox: Sendable {
    /// bubblewrap's path.
    let bubblewrap: String
    /// The launcher's path.
    let cell: String
    /// The network outside; tests have one of their own.
    package var outside = OutsideNetwork.system
    /// How much of Neo's own a run's network may take.
    package var egressLimits = EgressLimits()

    /// Runs a program and waits for its end. A status other than 0 is no error: the caller knows what it means.
    ///
    /// When the calling task is cancelled, all processes inside are killed.
    ///
    /// - Parameters:
    ///   - command: the program and its arguments; no shell reads them.
    ///   - policy: what it may see, change and reach.
    ///   - input: what it can read from standard input.
    ///   - whole: a new file for all that it prints; none where nil.
    ///   - onPiece: hears what it prints, as it comes.
    ///   - onConnection: hears what it asked of the network, as each connection ends; it must not wait.
    /// - Throws: `SandboxError` where the walls cannot be put up; nothing has run then.
    package func run(
        _ command: [String], under policy: SandboxPolicy, input: String? = nil, whole: String? = nil,
        onPiece: (@Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void)? = nil,
        onConnection: (@Sendable (EgressConnection) -> Void)? = nil
    ) async throws -> SandboxResult {
        #if os(Linux)
            let plan = try MountPlan(policy)
            defer { plan.removeStubs() }
            let walls = SandboxWalls(memory: .watchdog, layers: ["bubblewrap", "seccomp", "rlimits"])
            let request = try request(for: command, under: policy, plan: plan)
            let connection = try CellConnection()
            defer { connection.close() }
            let keeper = try OutputKeeper(limits: policy.limits, whole: whole, onPiece: onPiece)
            let watchdog = Watchdog(limits: policy.limits, connection: connection)
            let network = try SandboxNetwork(
                policy, outside: outside, limits: egressLimits, onConnection: onConnection)
            let start = ContinuousClock.now
            let child = ChildProcess(
                executable: cell, arguments: [connection.path], directory: "/", environment: [:], input: input)
            let status = try await network.closing {
                try await withThrowingTaskGroup(of: Int?.self) { group in
                    group.addTask {
                        try await child.stream { number in
                            watchdog.started(number)
                            do {
                                try await NIOThreadPool.singleton.runIfActive {
                                    try connection.open(for: number, request: request) {
                                        RunningProcess(number)?.isRunning == true
                                    }
                                }
                                try await network.serve(connection.takeListeners())
                            } catch {
                                watchdog.endAll()
                                throw error
                            }
                        } receive: { stream, bytes in
                            if !keeper.append(stream, bytes) { watchdog.end(for: .outputBytes) }
                        }
                    }
                    group.addTask {
                        try await watchdog.watch()
                        return nil
                    }
                    defer { group.cancelAll() }
                    while let next = try await group.next() {
                        if let status = next { return status }
                    }
                    throw CancellationError()
                }
            }
            connection.receive(waitingMilliseconds: 0)
            let report = connection.report
            if let problem = report.problem {
                throw SandboxError(.notStarted, "The sandbox could not be built: \(problem)")
            }
            var limitsHit = watchdog.limitsHit
            if status == 128 + Int(SIGXFSZ) { limitsHit.insert(.fileBytes) }
            // The kernel may have been quicker than the watchdog.
            if let used = report.cpuSeconds, used > policy.limits.cpuSeconds { limitsHit.insert(.cpuSeconds) }
            let kept = keeper.finish()
            let connections = network.log.connections
            return SandboxResult(
                status: Self.isNotThere(command[0], kept.errors) ? 127 : status, output: kept.output,
                errorOutput: kept.errors, outputLeftOut: kept.outputLeftOut, leftOut: kept.leftOut,
                limitsHit: limitsHit,
                usage: SandboxUsage(
                    wallSeconds: (ContinuousClock.now - start) / .seconds(1), cpuSeconds: report.cpuSeconds,
                    residentBytes: report.residentBytes),
                walls: walls, violations: plan.restoreLinks(),
                connections: connections.rows, connectionsLeftOut: connections.leftOut)
        #else
            throw SandboxError(.unavailable, Self.otherSystem)
        #endif
    }

    /// Whether bubblewrap found no such program, for which it has no status of its own. What runs inside can say the same,
    /// and does no more with it than choose its status.
    private static func isNotThere(_ program: String, _ errors: String) -> Bool {
        errors == "bwrap: execvp \(program): No such file or directory\n"
    }

    static let otherSystem =
        "Neo can put up walls on Linux only: run it there, or in a Linux container or virtual machine."
}
