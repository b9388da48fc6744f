package import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A session in a line of a list.
package struct SessionSummary: Sendable, Hashable {
    package var id: String
    /// When it began, in seconds since 1970.
    package var began: Double
    /// What the user asked for first, on one line.
    package var task: String
    package var model: String
    package var mode: PermissionMode
    /// Why it ended; `open` where it was cut off, or is at work.
    package var state: String
    package var turns: Int
    package var tokens: Int
    package var dollars: Double
    package var parent: String?

    /// The summary of a session's events.
    ///
    /// - Throws: `AgentsError` where they hold no session.
    package init(_ events: [SessionEvent]) throws {
        let state = AgentState(events)
        guard let start = state.start, let first = events.first else {
            throw AgentsError(.session, "It was cut off before its first event.")
        }
        id = start.id
        began = first.time
        model = start.model
        mode = start.mode
        parent = start.parent
        turns = state.usedTurns
        tokens = state.usage.inputTokens + state.usage.outputTokens
        dollars = state.dollars
        self.state = state.end?.reason.rawValue ?? "open"
        task = ""
        for event in events {
            if case .message(let said) = event.kind, said.source == .user {
                task = Self.line(said.text)
                break
            }
        }
    }

    init(
        id: String, began: Double, task: String, model: String, mode: PermissionMode, state: String, turns: Int,
        tokens: Int, dollars: Double, parent: String?
    ) {
        self.id = id
        self.began = began
        self.task = task
        self.model = model
        self.mode = mode
        self.state = state
        self.turns = turns
        self.tokens = tokens
        self.dollars = dollars
        self.parent = parent
    }

    /// The summary of a session's file. Of a long one, beginning and end are read, and all lines are compared with their
    /// sums where that was not done since its last change.
    package static func read(_ path: String) throws -> SessionSummary {
        guard let summary = try SessionGlance.summary(path) else {
            return try SessionSummary(SessionJournal.read(path))
        }
        if let lines = try SessionCheck.linesBeforeDamage(path) { throw AgentsError.damaged(path, linesBefore: lines) }
        return summary
    }

    static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// The fields of `neo sessions list --json`.
    package var json: JSONValue {
        .object(
            [
                "id": .string(id), "began": .string(Date(timeIntervalSince1970: began).timestamp),
                "task": .string(task),
                "model": .string(model), "mode": .string(mode.rawValue), "state": .string(state),
                "turns": .integer(turns), "tokens": .integer(tokens), "dollars": .number(dollars),
            ].merging(dropping: ["parent": parent.map(JSONValue.string)]))
    }
}
