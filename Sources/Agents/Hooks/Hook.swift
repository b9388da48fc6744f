package import Base
package import LanguageModels

/// What happens in a session that hooks may have a say in.
package enum HookEvent: Sendable, Hashable {
    case sessionStart
    case beforeTool(ToolCall)
    case afterTool(ToolCall, ToolEnd)
    case beforeCompaction
    /// The model says that it is done.
    case stop

    /// The names that configuration uses.
    package static let names = ["session_start", "before_tool", "after_tool", "before_compaction", "stop"]

    /// The kind of event.
    package var name: String {
        switch self {
        case .sessionStart: "session_start"
        case .beforeTool: "before_tool"
        case .afterTool: "after_tool"
        case .beforeCompaction: "before_compaction"
        case .stop: "stop"
        }
    }

    /// The tool that it is about.
    package var tool: String? {
        switch self {
        case .beforeTool(let call), .afterTool(let call, _): call.name
        default: nil
        }
    }

    /// What a hook is told.
    package func json(session: String, workspace: String) -> JSONValue {
        var fields: [String: JSONValue] = [
            "event": .string(name), "session": .string(session), "workspace": .string(workspace),
        ]
        switch self {
        case .beforeTool(let call):
            fields["tool"] = .string(call.name)
            fields["arguments"] = call.argumentsObject.map(JSONValue.object) ?? .string(call.arguments)
        case .afterTool(let call, let end):
            fields["tool"] = .string(call.name)
            fields["arguments"] = call.argumentsObject.map(JSONValue.object) ?? .string(call.arguments)
            fields["result"] = .string(end.text)
            fields["is_error"] = .bool(end.isError)
        default: break
        }
        return .object(fields)
    }
}

/// What a hook says to an event.
package enum HookAnswer: Sendable, Hashable {
    /// Go on; at a session's start the model is told the text.
    case proceed(String)
    /// Not so, and why, which the model is told.
    case block(String)
    /// The hook itself did not work, which is said and stops nothing.
    case failed(String)
}

/// Somebody who is told of what happens, and may object.
///
/// An implementation passes `HookConformance`: it answers within its limit, ends when its task is cancelled, and keeps its
/// answers bounded.
package protocol Hook: Sendable {
    /// What it is called in sentences.
    var name: String { get }

    /// Whether it wants to hear of an event.
    func wants(_ event: HookEvent) -> Bool

    /// Its answer.
    ///
    /// - Throws: `CancellationError` alone.
    func answer(to event: HookEvent, session: String, workspace: String) async throws -> HookAnswer
}
