package import LanguageModels

/// What stands around the loop: hooks that are asked, checks that are run, files that are kept.
///
/// The loop asks it at each step, and journals what it says.
package actor Harness {
    /// What it stands on; without any of them it does nothing.
    package struct Ports: Sendable {
        package var hooks: [any Hook]
        package var checks: ProjectChecks?
        package var checkpoints: (any Checkpoints)?
        /// Whether a model that says it is done although it called nothing, or its last call failed, is asked to look again:
        /// small models often only tell what could be done.
        package var doubtsEnds: Bool

        package init(
            hooks: [any Hook] = [], checks: ProjectChecks? = nil, checkpoints: (any Checkpoints)? = nil,
            doubtsEnds: Bool = false
        ) {
            self.hooks = hooks
            self.checks = checks
            self.checkpoints = checkpoints
            self.doubtsEnds = doubtsEnds
        }
    }

    /// What becomes of an end.
    package enum End: Sendable, Hashable {
        /// The model is told something and goes on.
        case tell(String)
        case end(SessionEnd)
    }

    /// So often a hook may send a model back to work that said it was done.
    private static let mostRefusals = 3
    private let ports: Ports
    private let session: String
    private let workspace: String
    private var checks = CheckProgress()
    private var refusals = 0
    private var doubt: EndDoubt
    /// Whether a checkpoint was made that has not been closed.
    private var isOpen = false
    private var hasStarted = false

    /// - Parameter isResumed: whether things may have changed before.
    package init(_ ports: Ports, session: String, workspace: String, isResumed: Bool) {
        self.ports = ports
        self.session = session
        self.workspace = workspace
        hasStarted = isResumed
        doubt = EndDoubt(isOn: ports.doubtsEnds && !isResumed)
        if isResumed { checks.changed(byEdit: false) }
    }

    // MARK: Hooks

    /// What hooks have to say at the beginning; said once.
    package func begin() async throws -> [String] {
        guard !hasStarted else { return [] }
        hasStarted = true
        return try await answers(to: .sessionStart).compactMap { answer in
            switch answer {
            case .proceed(let text): text.isEmpty ? nil : text
            case .block(let text), .failed(let text): text
            }
        }
    }

    /// Why a call may not run; nil where no hook objects. What hooks that do not work say is kept for its result.
    package func objection(to call: ToolCall) async throws -> (reason: String?, notes: [String]) {
        var notes: [String] = []
        for answer in try await answers(to: .beforeTool(call)) {
            switch answer {
            case .block(let reason): return ("A hook refused it: \(reason)", notes)
            case .failed(let text): notes.append(text)
            case .proceed: break
            }
        }
        return (nil, notes)
    }

    /// A call's result with what hooks say to it.
    package func completed(_ call: ToolCall, _ end: ToolEnd, notes: [String]) async throws -> ToolEnd {
        var end = end
        defer { doubt.saw(end) }
        var notes = notes
        for answer in try await answers(to: .afterTool(call, end)) {
            switch answer {
            case .block(let reason):
                notes.append("A hook objects to the result: \(reason)")
                end.isError = true
            case .failed(let text): notes.append(text)
            case .proceed: break
            }
        }
        if !notes.isEmpty { end.text += "\n" + notes.joined(separator: "\n") }
        return end
    }

    /// Why older messages must not be summarised now; nil where no hook objects.
    package func objectionToCompaction() async throws -> String? {
        for case .block(let reason) in try await answers(to: .beforeCompaction) { return reason }
        return nil
    }

    private func answers(to event: HookEvent) async throws -> [HookAnswer] {
        var answers: [HookAnswer] = []
        for hook in ports.hooks where hook.wants(event) {
            answers.append(try await hook.answer(to: event, session: session, workspace: workspace))
            // One objection is enough.
            if case .block = answers.last { break }
        }
        return answers
    }

    // MARK: Files

    /// Keeps files before calls change them. Nil where nothing is kept: nobody does, or these calls change nothing.
    package func keep(before effects: [ToolEffect], turn: Int) async throws -> CheckpointRecord? {
        let changes = effects.filter {
            switch $0 {
            case .reads, .reaches, .sends: false
            case .writes, .runs: true
            }
        }
        guard !changes.isEmpty else { return nil }
        let writes = changes.compactMap { if case .writes(let path) = $0 { path } else { nil } }
        checks.changed(byEdit: !writes.isEmpty)
        guard let checkpoints = ports.checkpoints else { return nil }
        isOpen = true
        return CheckpointRecord(id: try await checkpoints.keep(writes), turn: turn)
    }

    /// Notes that files may have changed by other means than calls.
    package func filesChanged() { checks.changed(byEdit: false) }

    /// Notes that what changes from now on is not the agent's.
    package func closeOpenCheckpoint() async {
        // Files that cannot be kept now are no reason to end.
        try? await closeCheckpoint()
    }

    // MARK: Checks

    /// After a turn's calls: what checks found, where files were edited and there is something to say.
    package func settle() async throws -> String? {
        try await closeCheckpoint()
        guard checks.isDue, let run = ports.checks else { return nil }
        return checks.took(try await run.run())
    }

    /// What becomes of an end that the loop came to.
    package func finish(_ end: SessionEnd) async throws -> End {
        try await closeCheckpoint()
        guard end.reason == .done else { return .end(end) }
        if let text = doubt.text() { return .tell(text) }
        if checks.isStale, let run = ports.checks { _ = checks.took(try await run.run()) }
        if let text = checks.warning() { return .tell(text) }
        if refusals < Self.mostRefusals {
            for case .block(let reason) in try await answers(to: .stop) {
                refusals += 1
                return .tell("A hook says that you are not done: \(reason)")
            }
        }
        return checks.red.isEmpty
            ? .end(end)
            : .end(SessionEnd(.redChecks, "Checks of the project are red: \(checks.red.joined(separator: ", "))."))
    }

    private func closeCheckpoint() async throws {
        guard isOpen else { return }
        isOpen = false
        // Without the note, what changes until the next turn counts as the agent's.
        do { try await ports.checkpoints?.close() } catch is AgentsError {}
    }
}
