package import Base
internal import LanguageModels
package import Sandbox

/// Tells a client what happens in a session: an event of the session gives updates of the protocol.
package struct ACPUpdates: Sendable {
    private let workspace: String
    /// The files of the session, to tell what a call changes; nil where what happened is told again.
    private let files: WorkspaceFiles?
    /// How many tokens the model can read; nothing is said of use without.
    package var windowTokens: Int?
    private var streamed = (text: "", hasReasoning: false)
    /// Calls that the client knows and that have no result yet.
    private var open: [String: (call: ACPToolCall, difference: ACPDifference?)] = [:]
    /// Calls that are shown as a plan, by their ids.
    private var plans: [String: JSONValue] = [:]
    /// The model's last answer.
    package private(set) var lastTurn: Turn?

    /// - Parameter files: what the tools may see; nil where what happened is told again.
    package init(workspace: String, files: WorkspaceFiles?, windowTokens: Int?) {
        self.workspace = workspace
        self.files = files
        self.windowTokens = windowTokens
    }

    /// What an event is to the client.
    package mutating func updates(for event: SessionEvent) -> [JSONValue] {
        switch event.kind {
        case .delta(.text(let piece)):
            streamed.text += piece
            return Self.chunk("agent_message_chunk", piece)
        case .delta(.reasoning(let piece)):
            streamed.hasReasoning = true
            return Self.chunk("agent_thought_chunk", piece)
        case .turn(let turn): return updates(for: turn)
        case .usage(let note): return updates(for: note)
        case .toolCall(let mark): return begin(mark)
        case .toolResult(let end): return finish(end)
        case .message(let said):
            // What the user says the client knows; what it is told by Neo, it shall see as well.
            guard said.source == .notice || said.source == .hook else { return [] }
            return Self.chunk("agent_thought_chunk", "\n\(said.text)\n")
        case .compaction: return Self.chunk("agent_thought_chunk", "\nOlder messages were replaced by a summary.\n")
        case .end(let end):
            // A model that failed is told as the error of the request.
            streamed = ("", false)
            guard !end.message.isEmpty, ![.stopped, .modelFailed].contains(end.reason) else { return [] }
            return Self.chunk("agent_message_chunk", "\n\n\(end.message)")
        case .session, .approval, .checkpoint, .resumed, .model: return []
        }
    }

    private mutating func updates(for turn: Turn) -> [JSONValue] {
        lastTurn = turn
        let shown = streamed
        streamed = ("", false)
        var updates: [JSONValue] = []
        if !shown.hasReasoning { updates += Self.chunk("agent_thought_chunk", turn.message.reasoning) }
        let text = turn.message.refusal ?? turn.message.text
        // Some servers send an answer in one piece, and some models' answers hold what was not shown.
        let rest =
            text.utf8.starts(with: shown.text.utf8)
            ? String(decoding: text.utf8.dropFirst(shown.text.utf8.count), as: UTF8.self) : "\n\n" + text
        updates += Self.chunk("agent_message_chunk", rest)
        for call in turn.message.toolCalls {
            if call.name == PlanTool.name {
                plans[call.id] = Self.plan(call)
                continue
            }
            let shown = ACPToolCall(call, workspace: workspace)
            open[call.id] = (shown, nil)
            var fields = shown.fields
            fields["sessionUpdate"] = "tool_call"
            fields["status"] = "pending"
            updates.append(.object(fields))
        }
        return updates
    }

    private func updates(for note: UsageNote) -> [JSONValue] {
        guard let windowTokens else { return [] }
        var update: [String: JSONValue] = [
            "sessionUpdate": "usage_update", "size": .integer(windowTokens),
            "used": .integer(note.tokens.inputTokens + note.tokens.outputTokens),
        ]
        // Nothing is said of money where nobody knows the price.
        if note.dollars != nil, let total = note.total {
            update["cost"] = ["amount": .number(total.dollars), "currency": "USD"]
        }
        return [.object(update)]
    }

    // MARK: Tools

    private mutating func begin(_ mark: ToolStart) -> [JSONValue] {
        guard let call = open[mark.callID]?.call else { return [] }
        var update = Self.update(mark.callID, "in_progress")
        if let files, !call.changed.isEmpty {
            let difference = ACPDifference(call.changed, in: files)
            open[mark.callID]?.difference = difference
            if let sought = call.soughtText, let line = difference.line(of: sought) {
                update["locations"] = [["path": .string(call.changed[0]), "line": .integer(line)]]
            }
        }
        return [.object(update)]
    }

    private mutating func finish(_ end: ToolEnd) -> [JSONValue] {
        if let plan = plans.removeValue(forKey: end.callID) { return end.isError ? [] : [plan] }
        guard let (call, difference) = open.removeValue(forKey: end.callID) else { return [] }
        var update = Self.update(end.callID, end.isError ? "failed" : "completed")
        let changes = end.isError ? [] : difference.map { $0.changes() ?? call.pieces } ?? call.pieces
        update["content"] = .array(changes.isEmpty ? [Self.content(ACPText.fenced(end.text))] : changes)
        return [.object(update)]
    }

    /// The call that asks the user something, and waits; nil where none does.
    package func call(asking question: String) -> String? { open.first { $0.value.call.question == question }?.key }

    /// The calls that were open when a process ended: the client is not to wait for them.
    package mutating func endOpenCalls() -> [JSONValue] {
        defer { open = [:] }
        return open.keys.sorted().map { id in
            var update = Self.update(id, "failed")
            update["content"] = [Self.content("Neo was ended before this was over.")]
            return .object(update)
        }
    }

    private static func update(_ id: String, _ status: JSONValue) -> [String: JSONValue] {
        ["sessionUpdate": "tool_call_update", "toolCallId": .string(id), "status": status]
    }

    /// A text as content of a call.
    package static func content(_ text: String) -> JSONValue {
        ["type": "content", "content": ["type": "text", "text": .string(ToolText.harmless(text))]]
    }

    /// A piece of what somebody says; nothing where it is empty.
    package static func chunk(_ kind: String, _ text: String) -> [JSONValue] {
        guard !text.isEmpty else { return [] }
        return [
            ["sessionUpdate": .string(kind), "content": ["type": "text", "text": .string(ToolText.harmless(text))]]
        ]
    }

    private static func plan(_ call: ToolCall) -> JSONValue {
        let steps = call.argumentsObject?["steps"]?.array ?? []
        // A step that was dropped is none any more.
        let entries = steps.filter { $0["state"] != "dropped" }.map { step -> JSONValue in
            let status: JSONValue =
                switch step["state"]?.string {
                case "doing"?: "in_progress"
                case "done"?: "completed"
                default: "pending"
                }
            return [
                "content": .string(ACPText.title(step["step"]?.string ?? "")), "priority": "medium", "status": status,
            ]
        }
        return ["sessionUpdate": "plan", "entries": .array(entries)]
    }
}
