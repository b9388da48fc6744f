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
    /// runsc's path, where it is to be used in place of bubblewrap.
    var runsc: String?
    /// What puts the walls up.
    package var runtime: SandboxRuntime { runsc == nil ? .bubblewrap : .runsc }
    /// The network outside; tests have one of their own.
    package var outside = OutsideNetwork.system
    /// How much of Neo's own a run's network may take.
    package var egressLimits = EgressLimits()
    /// Where runs get control groups.
    package var groups = ControlGroups.none

    /// Runs a program and waits for its end. A status other than 0 is no error: the caller knows what it means.
    ///
    /// When the calling task is cancelled, all processes inside are killed.
    ///
    /// - Parameters:
    ///   - command: the program and its arguments; no shell reads them.
    ///   - policy: what it may see, change and reach.
    ///   - input: what it can read from standard input.
    ///   - pipe: what it can read from there in place of that, while it runs; not on runsc.
    ///   - whole: a new file for all that it prints; none where nil.
    ///   - onPiece: hears what it prints, as it comes.
    ///   - onConnection: hears what it asked of the network, as each connection ends; it must not wait.
    ///   - onStart: hears when it runs.
    /// - Throws: `SandboxError` where the walls cannot be put up; nothing has run then.
    package func run(
        _ command: [String], under policy: SandboxPolicy, input: String? = nil, pipe: InputPipe? = nil,
        whole: String? = nil,
        onPiece: (@Sendable (ChildProcess.Stream, UnsafeRawBufferPointer) -> Void)? = nil,
        onConnection: (@Sendable (EgressConnection) -> Void)? = nil,
        onStart: (@Sendable (SandboxedProcess) -> Void)? = nil
    ) async throws -> SandboxResult {
        #if os(Linux)
            let plan = try MountPlan(policy)
            defer { plan.removeStubs() }
            let observers = SandboxObservers(onPiece: onPiece, onConnection: onConnection, onStart: onStart)
            if let runsc {
                return try await runOnRunsc(
                    runsc, command, under: policy, plan: plan, input: input, whole: whole, observers: observers)
            }
            let group = ControlGroup(in: groups, limits: policy.limits)
            let result: Result<SandboxResult, any Error>
            do {
                result = .success(
                    try await run(
                        command, under: policy, plan: plan, group: group, input: input, pipe: pipe, whole: whole,
                        observers: observers))
            } catch { result = .failure(error) }
            await group?.remove()
            return try result.get()
        #else
            throw SandboxError(.unavailable, Self.otherSystem)
        #endif
    }

    /// Whether bubblewrap found no such program, for which it has no status of its own. What runs inside can say the same,
    /// and does no more with it than choose its status.
    static func isNotThere(_ program: String, _ errors: String) -> Bool {
        errors == "bwrap: execvp \(program): No such file or directory\n"
    }

    static let otherSystem =
        "Neo can put up walls on Linux only: run it there, or in a Linux container or virtual machine."
}
