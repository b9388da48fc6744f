internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A session as Markdown for people.
///
/// All that the user, the model, files or programs said stands in fences that are longer than any run of backticks in
/// them, so that no text can end its fence and pass for something else.
package enum SessionMarkdown {
    /// The text of a session's events; what was taken back is not in it.
    ///
    /// - Throws: `AgentsError` where they hold no session.
    package static func text(of all: [SessionEvent]) throws -> String {
        let summary = try SessionSummary(all)
        var parts = [
            "# Session \(name(summary.id))",
            """
            | | |
            |---|---|
            | Began | \(Date(timeIntervalSince1970: summary.began).timestamp) |
            | Model | \(name(summary.model)) |
            | Mode | \(summary.mode.rawValue) |
            | State | \(summary.state) |
            | Turns | \(summary.turns) |
            | Tokens | \(summary.tokens) |
            | Dollars | \(summary.dollars) |
            """,
        ]
        for event in SessionHistory(all).events { parts += Self.parts(of: event) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// A text in a fence that it cannot end.
    package static func fenced(_ text: String) -> String {
        // Some readers take a lone carriage return, or other separators, for the end of a line. What is left out may have
        // parted two runs.
        let lines = shown(text)
        var longest = 0
        var run = 0
        for byte in lines.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)text\n\(lines)\(lines.hasSuffix("\n") || lines.isEmpty ? "" : "\n")\(fence)"
    }

    private static func parts(of event: SessionEvent) -> [String] {
        switch event.kind {
        case .message(let said): ["## \(heading(said.source))", fenced(said.text)]
        case .turn(let turn):
            ["## Turn \(turn.number)"]
                + [turn.message.reasoning].filter { !$0.isEmpty }.flatMap { ["Thoughts:", fenced($0)] }
                + [turn.message.refusal ?? turn.message.text].filter { !$0.isEmpty }.map(fenced)
                + turn.message.toolCalls.flatMap {
                    ["Call \(name($0.id)) of \(name($0.name)):", fenced($0.arguments)]
                }
        case .toolResult(let end):
            ["\(end.isError ? "Failure" : "Result") of \(name(end.callID)):", fenced(end.text)]
        case .compaction(let record): ["## Summary of what was before", fenced(record.summary)]
        case .end(let end):
            ["## End: \(end.reason.rawValue)"] + (end.message.isEmpty ? [] : [fenced(end.message)])
        case .session, .delta, .usage, .toolCall, .approval, .checkpoint, .resumed, .model: []
        }
    }

    private static func heading(_ source: SaidMessage.Source) -> String {
        switch source {
        case .user: "User"
        case .steering: "User, meanwhile"
        case .notice: "Neo"
        case .hook: "Hook"
        case .context: "Context"
        }
    }

    /// A name that somebody else chose, as code on one line.
    private static func name(_ text: String) -> String {
        let kept = shown(text).filter { $0 != "`" && !$0.isNewline }.prefix(120)
        return kept.isEmpty ? "`?`" : "`\(kept)`"
    }

    private static func shown(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    switch scalar.value {
                    case 0x09, 0x0A, 0x20...0x7E: true
                    // Control characters, separators of lines, and what turns the direction of writing.
                    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: false
                    default: true
                    }
                }))
    }
}
