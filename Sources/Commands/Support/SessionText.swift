internal import Agents
internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A session for people at a terminal.
struct SessionText {
    /// Whether long texts are shortened.
    var isShort: Bool

    /// The text of what still holds.
    func text(of events: [SessionEvent], _ summary: SessionSummary) -> String {
        let lines = SessionHistory(events).events.compactMap { event in
            line(event.kind).map { "\(event.number)\t\($0)" }
        }
        return """
            \(summary.id)  \(Date(timeIntervalSince1970: summary.began).timestamp)  \(summary.model)  \(summary.mode.rawValue)
            \(summary.state), turns: \(summary.turns), tokens: \(summary.tokens), dollars: \(summary.dollars)

            """ + lines.joined(separator: "\n")
    }

    private func line(_ kind: SessionEvent.Kind) -> String? {
        switch kind {
        case .message(let said): "\(said.source.rawValue): \(short(said.text, 600))"
        case .turn(let turn):
            (["turn \(turn.number): \(short(turn.message.refusal ?? turn.message.text, 1_000))"]
                + turn.message.toolCalls.map { "  → \($0.name) \(short($0.arguments, 200))" }).joined(separator: "\n")
        case .toolResult(let end): "\(end.isError ? "✗" : "✓") \(short(end.text, 400))"
        case .approval(let approval) where !approval.isAllowed: "refused: \(approval.reason)"
        case .compaction(let record): "summary of what was before: \(short(record.summary, 600))"
        case .checkpoint(let record): "checkpoint \(record.id)"
        case .resumed(let record): record.rewoundTo.map { "taken back to event \($0)" } ?? "resumed"
        case .model(let name): "model: \(name)"
        case .end(let end): "end: \(end.reason.rawValue)\(end.message.isEmpty ? "" : ", \(end.message)")"
        case .session, .delta, .usage, .toolCall, .approval: nil
        }
    }

    private func short(_ text: String, _ limit: Int) -> String {
        !isShort || text.count <= limit ? text : text.prefix(limit) + " …"
    }
}
