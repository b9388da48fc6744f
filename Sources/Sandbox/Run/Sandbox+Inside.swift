#if os(Linux)
    internal import Base
    internal import Glibc
    internal import NIOPosix
    internal import Processes
    internal import Synchronization

    /// What hears a run while it is under way.
    struct SandboxObservers: Sendable {
        var onPiece: (@Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void)?
        var onConnection: (@Sendable (EgressConnection) -> Void)?
        var onStart: (@Sendable (SandboxedProcess) -> Void)?
    }

    extension Sandbox {
        /// Runs a program when its mounts are planned and its control group is made.
        ///
        /// - Parameter group: joined by the launcher before it is told anything; where that fails, limits are kept by looking.
        func run(
            _ command: [String], under policy: SandboxPolicy, plan: MountPlan, group: ControlGroup?, input: String?,
            pipe: InputPipe?, whole: String?, observers: SandboxObservers
        ) async throws -> SandboxResult {
            let connection = try CellConnection()
            defer { connection.close() }
            let keeper = try OutputKeeper(limits: policy.limits, whole: whole, onPiece: observers.onPiece)
            let watchdog = Watchdog(
                limits: policy.limits, connection: connection,
                // Servers are there for hours, and do nothing for most of them.
                pace: WatchPace(policy.limits, longest: policy.served == nil ? 200 : 1_000))
            let network = try SandboxNetwork(
                policy, outside: outside, limits: egressLimits, onConnection: observers.onConnection)
            let start = ContinuousClock.now
            var child = ChildProcess(
                executable: cell, arguments: [connection.path], directory: "/", environment: [:], input: input)
            child.inputPipe = pipe
            defer { watchdog.endOrphan() }
            let started = child
            let status = try await network.closing {
                try await withThrowingTaskGroup(of: Int?.self) { tasks in
                    tasks.addTask {
                        try await started.stream { number in
                            watchdog.started(number)
                            do {
                                try await NIOThreadPool.singleton.runIfActive {
                                    try connection.open(for: number) {
                                        if let group, group.join(number) { watchdog.joined(group) }
                                        return try request(
                                            for: command, under: policy, plan: plan,
                                            countsMemory: watchdog.group?.controllers.contains(.memory) == true)
                                    } isRunning: {
                                        RunningProcess(number)?.isRunning == true
                                    }
                                }
                                try await network.serve(connection.takeListeners())
                                if let first = connection.report.firstProcess {
                                    watchdog.runs(first)
                                    observers.onStart?(SandboxedProcess(launcher: number, first: first))
                                }
                            } catch {
                                watchdog.endAll()
                                throw error
                            }
                        } receive: { stream, bytes in
                            if !keeper.append(stream, bytes) { watchdog.end(for: .outputBytes) }
                        }
                    }
                    tasks.addTask {
                        try await watchdog.watch()
                        return nil
                    }
                    defer { tasks.cancelAll() }
                    while let next = try await tasks.next() {
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
            let counted = watchdog.group?.usage
            let kept = keeper.finish()
            let connections = network.log.connections
            return SandboxResult(
                status: Self.isNotThere(command[0], kept.errors) ? 127 : status, output: kept.output,
                errorOutput: kept.errors, outputLeftOut: kept.outputLeftOut, leftOut: kept.leftOut,
                limitsHit: watchdog.limitsHit.union(Self.limitsHit(status, report, counted, policy.limits)),
                usage: SandboxUsage(
                    wallSeconds: (ContinuousClock.now - start) / .seconds(1),
                    cpuSeconds: counted?.cpuSeconds ?? report.cpuSeconds, residentBytes: report.residentBytes,
                    peakBytes: counted?.peakBytes),
                walls: SandboxWalls(watchdog.group, hasLandlock: report.hasLandlock), violations: plan.restoreLinks(),
                connections: connections.rows, connectionsLeftOut: connections.leftOut)
        }

        /// Limits at which the kernel was quicker than the watchdog.
        private static func limitsHit(
            _ status: Int, _ report: CellReport, _ counted: ControlGroupUsage?, _ limits: SandboxLimits
        ) -> Set<SandboxLimit> {
            var hit: Set<SandboxLimit> = []
            if status == 128 + Int(SIGXFSZ) { hit.insert(.fileBytes) }
            if let used = counted?.cpuSeconds ?? report.cpuSeconds, used > limits.cpuSeconds { hit.insert(.cpuSeconds) }
            if counted?.memoryKills ?? 0 > 0 { hit.insert(.memoryBytes) }
            if counted?.refusedProcesses ?? 0 > 0 { hit.insert(.processes) }
            return hit
        }
    }
#endif
