#if os(Linux)
    internal import Base
    internal import Glibc
    internal import Processes
    internal import Synchronization

    #if canImport(FoundationEssentials)
        internal import FoundationEssentials
    #else
        internal import Foundation
    #endif

    /// How a run on gVisor is ended, and why it was.
    private final class RunscEnd: Sendable {
        private let hit = Mutex<Set<SandboxLimit>>([])
        private let running = Mutex<Int32?>(nil)

        /// The limits that were hit so far.
        var limitsHit: Set<SandboxLimit> { hit.withLock { $0 } }

        /// The process that all of runsc's come from; nil where nothing runs yet.
        var launcher: Int32? { running.withLock { $0 } }

        /// Says which process is to be ended.
        func started(_ number: Int32) { running.withLock { $0 = number } }

        /// Notes a limit and ends the run.
        func now(for limit: SandboxLimit) {
            hit.withLock { _ = $0.insert(limit) }
            running.withLock { $0 }.flatMap { RunningProcess($0) }?.kill()
        }
    }

    extension Sandbox {
        /// Runs a program on gVisor's kernel when its mounts are planned.
        ///
        /// - Throws: `SandboxError` where the policy wants what cannot be had there.
        func runOnRunsc(
            _ runsc: String, _ command: [String], under policy: SandboxPolicy, plan: MountPlan, input: String?,
            whole: String?, observers: SandboxObservers
        ) async throws -> SandboxResult {
            try Self.checkRunsc(policy, command)
            let bundle = try RunscBundle(
                plan, command: command, environment: variables(policy), limits: policy.limits,
                filter: SystemCallFilter(
                    allowsUnixSockets: policy.unixSockets == .own, allowsMemoryFiles: false
                ).specification)
            defer { bundle.remove() }
            let keeper = try OutputKeeper(limits: policy.limits, whole: whole, onPiece: observers.onPiece)
            let end = RunscEnd()
            let start = ContinuousClock.now
            let line = Self.runscLine(runsc, bundle, ["run", "--bundle", bundle.folder])
            // Killed with Neo; and all of its namespace of processes is killed with it.
            let child = ChildProcess(
                executable: "setpriv", arguments: ["--pdeathsig", "KILL"] + line, directory: "/",
                environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], input: input)
            let status = try await withThrowingTaskGroup(of: Int?.self) { tasks in
                tasks.addTask {
                    try await child.stream { number in
                        end.started(number)
                    } receive: { stream, bytes in
                        if !keeper.append(stream, bytes) { end.now(for: .outputBytes) }
                    }
                }
                tasks.addTask {
                    try await Self.watchRunsc(policy.limits, end)
                    return nil
                }
                defer { tasks.cancelAll() }
                while let next = try await tasks.next() {
                    if let status = next { return status }
                }
                throw CancellationError()
            }
            let kept = keeper.finish()
            let isMissing = status == 128 && kept.errors.contains("error finding executable")
            // Its own complaints come before anything of the command's could.
            if status == 128, !isMissing, end.limitsHit.isEmpty, let said = Self.runscComplaint(kept.errors) {
                throw SandboxError(.notStarted, "The sandbox could not be built: runsc says: \(said)")
            }
            return SandboxResult(
                status: isMissing ? 127 : status, output: kept.output, errorOutput: kept.errors,
                outputLeftOut: kept.outputLeftOut,
                leftOut: kept.leftOut, limitsHit: end.limitsHit,
                usage: SandboxUsage(
                    wallSeconds: (ContinuousClock.now - start) / .seconds(1), cpuSeconds: nil, residentBytes: nil,
                    peakBytes: nil),
                walls: SandboxWalls(layers: ["gvisor"]), violations: plan.restoreLinks(), connections: [],
                connectionsLeftOut: 0)
        }

        private static func checkRunsc(_ policy: SandboxPolicy, _ command: [String]) throws(SandboxError) {
            guard command.first?.isEmpty == false else { throw SandboxError(.policy, "There is nothing to run.") }
            let wanted =
                policy.network != .none || !policy.upstreams.isEmpty
                ? "a network" : policy.served != nil ? "a port" : policy.devices.isEmpty ? nil : "devices"
            if let wanted {
                throw SandboxError(
                    .policy,
                    "runsc cannot give a run \(wanted) here: gVisor has a network of its own, which Neo's proxy is not joined "
                        + "to. Leave it out, or use bubblewrap.")
            }
        }

        /// The words that start runsc: in a namespace of processes, so that its parts are ended together; and
        /// who is not root becomes it in a namespace of users.
        private static func runscLine(_ runsc: String, _ bundle: RunscBundle, _ words: [String]) -> [String] {
            let isRoot = geteuid() == 0
            return ["unshare"] + (isRoot ? [] : ["--user", "--map-root-user"])
                + ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"]
                + [
                    runsc, "--root", bundle.stateFolder, "--platform", "ptrace", "--network", "none",
                    "--ignore-cgroups",
                    "--oci-seccomp",
                ] + (isRoot ? [] : ["--rootless"]) + words + [
                    bundle.folder.split(separator: "/").last.map(String.init) ?? "neo"
                ]
        }

        private static func runscComplaint(_ errors: String) -> String? {
            errors.split(separator: "\n").first { $0.contains("creating container") || $0.contains("FATAL ERROR") }
                .map { String($0.prefix(300)) }
        }

        /// Looks after time, memory, the processor and processes every 50 ms, as the machine's kernel sees them: each process
        /// inside is one of its own, and gVisor has some more.
        private static func watchRunsc(_ limits: SandboxLimits, _ end: RunscEnd) async throws {
            let clock = ContinuousClock()
            let latest = clock.now + .seconds(limits.wallSeconds)
            var memory = RunscMemory()
            while true {
                try await Task.sleep(for: .milliseconds(50))
                if clock.now >= latest { end.now(for: .wallSeconds) }
                guard let launcher = end.launcher else { continue }
                let inside = ProcessGroupUsage(descendantsOf: launcher)
                if max(inside.memoryBytes, memory.bytes(among: inside.processes)) > limits.memoryBytes + ownBytes {
                    end.now(for: .memoryBytes)
                }
                if inside.cpuSeconds > limits.cpuSeconds + ownSeconds { end.now(for: .cpuSeconds) }
                if inside.tasks > limits.processes + ownTasks { end.now(for: .processes) }
            }
        }

        /// What gVisor takes itself: memory, seconds of its start, threads (64 at most were seen where little was running).
        private static let (ownBytes, ownSeconds, ownTasks) = (64 << 20, 0.5, 128)
    }
#endif
