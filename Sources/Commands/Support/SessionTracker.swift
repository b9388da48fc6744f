internal import Agents
internal import Base
internal import LanguageModels
internal import Synchronization
internal import Tracking

/// Logs a session of an agent as a run: what each turn took, and how it ended.
///
/// A session that goes on is the same run. What was said stays in the session's own file.
final class SessionTracker: Sendable {
    private struct State {
        var turn = 0
        var calls = 0
        var failures = 0
        var end: SessionEnd?
    }

    let logger: RunLogger
    private let asked = Gate()
    private let noted = Gate()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - folder: the folder that the agent works in.
    ///   - project: its name.
    init(session: String, model: String, mode: String, folder: String, project: String) throws {
        logger = try RunLogger(
            in: folder + "/.neo", project: project, name: "session \(session)",
            facts: RunFacts(
                kind: "agent", configuration: ["model": .string(model), "mode": .string(mode)],
                // What was asked of the agent stands on the command line, and is nobody's business here.
                origin: RunLogger.origin(command: ["neo", "agent"])),
            id: try RunID("session-" + session))
    }

    /// Hears that the model is being asked. Until then nothing but that is done: the first answer takes longer than to look
    /// at git and at the machine.
    func asks() { asked.open() }

    /// Waits until the model is asked for the first time.
    func firstRequest() async { await asked.passed() }

    /// Hears that the commit was noted.
    func hasCommit() { noted.open() }

    /// Waits until the commit was noted: what the agent changes is none of the state in which it began.
    ///
    /// A session that goes on may have calls open, so that nothing is asked before.
    func commit() async {
        asked.open()
        await noted.passed()
    }

    /// Hears what happens.
    func hear(_ event: SessionEvent) {
        switch event.kind {
        case .turn(let turn): state.withLock { $0.turn = turn.number }
        case .toolCall: state.withLock { $0.calls += 1 }
        case .toolResult(let end) where end.isError: state.withLock { $0.failures += 1 }
        case .usage(let usage): note(usage)
        case .end(let end): state.withLock { $0.end = end }
        default: break
        }
    }

    /// How the run ended, by what the session said of its end.
    var status: Run.Status {
        switch state.withLock({ $0.end?.reason }) {
        case .done?, nil: .finished
        case .stopped?: .stopped
        case .some: .failed
        }
    }

    private func note(_ usage: UsageNote) {
        let now = state.withLock { $0 }
        var metrics = [
            "input_tokens": Double(usage.tokens.inputTokens), "output_tokens": Double(usage.tokens.outputTokens),
            "tool_calls": Double(now.calls), "tool_failures": Double(now.failures),
        ]
        metrics["cached_input_tokens"] = usage.tokens.cachedInputTokens.map(Double.init)
        metrics["dollars"] = usage.dollars
        metrics["total_dollars"] = usage.total?.dollars
        logger.log(metrics, step: now.turn)
    }
}
