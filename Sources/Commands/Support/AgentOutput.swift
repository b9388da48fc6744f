internal import Agents
internal import ArgumentParser
internal import Base
internal import LanguageModels
internal import Synchronization

/// What `neo agent` prints: what goes on, on standard error; what the model says at the end, on standard output. Or, with
/// `--json`, every event on standard output.
final class AgentOutput: Sendable {
    private let json: Bool
    private let quiet: Bool
    private let lastText = Mutex("")

    init(json: Bool, quiet: Bool) {
        self.json = json
        self.quiet = quiet
    }

    /// Shows an event as it happens.
    func show(_ event: SessionEvent) {
        if case .turn(let turn) = event.kind { lastText.withLock { $0 = turn.message.text } }
        if json {
            // A reader who is gone ends the output, not the work, which is in the session.
            try? Terminal.printResult(event.json.canonicalText + "\n")
            return
        }
        guard !quiet, let line = Self.line(event) else { return }
        Terminal.printError(Terminal.harmless(line))
    }

    /// Says how it ended, and ends the command with the right code.
    ///
    /// - Parameter folder: as it was named on the command line.
    func finish(_ end: SessionEnd, session: String, folder: String) throws {
        let text = lastText.withLock { $0 }
        if !json, !text.isEmpty { try Terminal.printResult(Terminal.harmless(text) + "\n") }
        if !end.message.isEmpty { Terminal.printError(Terminal.harmless(end.message)) }
        if end.reason != .done, !quiet {
            Terminal.printError(
                Terminal.harmless(
                    "The session is kept. Go on: \(SessionLine.goingOn(with: session, folder: folder))"))
        }
        switch end.reason {
        case .done: return
        case .stopped: throw ExitCode(130)
        case .redChecks: throw ExitCode(3)
        default: throw ExitCode(1)
        }
    }

    /// An event in a line; nil where it is not worth one.
    static func line(_ event: SessionEvent) -> String? {
        switch event.kind {
        case .session(let start): "session \(start.id), \(start.model), \(start.mode.rawValue)"
        case .toolCall(let mark): "→ \(mark.name) \(short(mark.arguments, 160))"
        case .toolResult(let end): "\(end.isError ? "✗" : "✓") \(short(end.text, 400))"
        case .message(let said) where said.source == .notice: "! \(said.text)"
        case .turn(let turn) where !turn.message.toolCalls.isEmpty && !turn.message.text.isEmpty: turn.message.text
        default: nil
        }
    }

    private static func short(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit) + " …"
    }
}
