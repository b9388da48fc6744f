import Agents
import Base
import FoundationEssentials
import LanguageModels
import Sandbox
import TestSupport
import Testing

@Suite struct ACPUpdatesTests {
    private static func turn(_ text: String, _ calls: [ToolCall] = [], reasoning: String? = nil) -> SessionEvent {
        let parts: [AssistantMessage.Part] = [.text(text)] + calls.map { .toolCall($0) }
        return SessionEvent(
            kind: .turn(
                Turn(number: 1, message: AssistantMessage(parts: parts), stopReason: calls.isEmpty ? .stop : .toolCalls)
            ))
    }

    private static func call(_ name: String, _ arguments: JSONValue, id: String = "1") -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments.canonicalText)
    }

    private static func said(_ updates: [JSONValue]) -> String {
        updates.compactMap { $0["content"]?["text"]?.string }.joined()
    }

    @Test func `an answer is told once, as it comes, with what did not come`() {
        var updates = ACPUpdates(workspace: "/w", files: nil, windowTokens: nil)
        var all = updates.updates(for: SessionEvent(kind: .delta(.text("Hel"))))
        all += updates.updates(for: SessionEvent(kind: .delta(.text("lo"))))
        all += updates.updates(for: Self.turn("Hello, you"))
        #expect(Self.said(all) == "Hello, you")
        #expect(all.allSatisfy { $0["sessionUpdate"] == "agent_message_chunk" })
        #expect(Self.said(updates.updates(for: Self.turn("In one piece"))) == "In one piece")
        // Control characters do not reach the editor.
        #expect(Self.said(updates.updates(for: Self.turn("a\u{1B}[2Jb"))) == "a␛[2Jb")
    }

    @Test(
        arguments: [
            ("read", ["path": "a.md", "first_line": 7], "read", "Read a.md", ["/w/a.md"]),
            ("write", ["path": "/w/b/c", "content": ""], "edit", "Write b/c", ["/w/b/c"]),
            ("edit", ["path": "./a", "old": "x", "new": "y"], "edit", "Edit a", ["/w/a"]),
            ("grep", ["pattern": "x+", "path": "src"], "search", "Search for x+ in src", ["/w/src"]),
            ("glob", ["pattern": "*.md"], "search", "Find *.md", []),
            ("shell", ["command": "ls\nrm x"], "execute", "ls␊rm x", []),
            ("fetch", ["url": "https://a.example"], "fetch", "Fetch https://a.example", []),
            ("compact", [:], "think", "Make the conversation shorter", []),
            ("git__log", ["n": 1], "other", "git__log", []),
            (
                "apply_patch", ["patch": "*** Begin Patch\n*** Delete File: x\n*** End Patch"], "delete", "Change x",
                ["/w/x"]
            ),
            (
                "apply_patch",
                ["patch": "*** Begin Patch\n*** Update File: x\n*** Move to: y\n@@\n-a\n+b\n*** End Patch"], "move",
                "Change x, y", ["/w/x", "/w/y"]
            ),
            ("apply_patch", ["patch": "broken"], "edit", "Change ", []),
        ] as [(String, JSONValue, String, String, [String])])
    func `a call has its kind, a title and its files`(
        name: String, arguments: JSONValue, kind: String, title: String, paths: [String]
    ) {
        let fields = ACPToolCall(Self.call(name, arguments), workspace: "/w").fields
        #expect(fields["kind"]?.string == kind && fields["title"]?.string == title)
        #expect((fields["locations"]?.array ?? []).compactMap { $0["path"]?.string } == paths)
        #expect(fields["rawInput"] == arguments)
        if name == "read" { #expect(fields["locations"]?.array?.first?["line"] == 7) }
    }

    @Test func `a title is one short line without what steers a screen`() {
        let call = Self.call("shell", ["command": .string("echo \u{1B}]0;x\u{7}" + String(repeating: "y", count: 900))])
        let title = ACPToolCall(call, workspace: "/w").fields["title"]?.string ?? ""
        #expect(title.count <= 161 && title.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test func `a call that ran shows what it did to files, with the line`() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder + "/a.txt"
            try Data("one\ntwo\n".utf8).write(to: URL(filePath: file))
            var updates = ACPUpdates(
                workspace: folder, files: try WorkspaceFiles(SandboxPolicy(workspace: folder)), windowTokens: nil)
            let edit = Self.call("edit", ["path": "a.txt", "old": "two", "new": "zwei"])
            let pending = updates.updates(for: Self.turn("", [edit]))
            #expect(pending.first?["status"] == "pending" && pending.first?["sessionUpdate"] == "tool_call")
            let begun = updates.updates(
                for: SessionEvent(
                    kind: .toolCall(
                        ToolStart(callID: "1", name: "edit", arguments: edit.arguments, isIdempotent: false))))
            #expect(begun.first?["status"] == "in_progress")
            #expect(begun.first?["locations"] == [["path": .string(file), "line": 2]])
            try Data("one\nzwei\n".utf8).write(to: URL(filePath: file))
            let end = SessionEvent(kind: .toolResult(ToolEnd(callID: "1", text: "changed")))
            #expect(
                updates.updates(for: end).first?["content"] == [
                    ["type": "diff", "path": .string(file), "oldText": "one\ntwo\n", "newText": "one\nzwei\n"]
                ])
            // Nothing is said twice.
            #expect(updates.updates(for: end).isEmpty)
        }
    }

    @Test func `what is told again shows the pieces that the model wrote, and leaves nothing open`() async {
        let patch = "*** Begin Patch\n*** Update File: a\n@@\n-old\n+new\n same\n*** Add File: b\n+fresh\n*** End Patch"
        let events = [
            SessionEvent(number: 0, kind: .message(SaidMessage("Do it."))),
            SessionEvent(number: 1, kind: .message(SaidMessage("context", from: .context))),
            Self.turn("Yes.", [Self.call("apply_patch", ["patch": .string(patch)]), Self.call("shell", [:], id: "2")]),
            SessionEvent(number: 3, kind: .toolResult(ToolEnd(callID: "1", text: "ok"))),
        ]
        var told: [JSONValue] = []
        await ACPReplay.of(events, workspace: "/w", windowTokens: nil) { told.append($0) }
        #expect(
            told.map { $0["sessionUpdate"]?.string } == [
                "user_message_chunk", "agent_message_chunk", "tool_call", "tool_call", "tool_call_update",
                "tool_call_update",
            ])
        #expect(
            told[4]["content"] == [
                ["type": "diff", "path": "/w/a", "oldText": "old\nsame\n", "newText": "new\nsame\n"],
                ["type": "diff", "path": "/w/b", "newText": "fresh\n"],
            ])
        #expect(told[5]["toolCallId"] == "2" && told[5]["status"] == "failed")
    }

    @Test(
        arguments: [
            (.done, .stop, "end_turn"), (.done, .length, "max_tokens"), (.done, .refusal, "refusal"),
            (.stopped, .stop, "cancelled"), (.turnLimit, .toolCalls, "max_turn_requests"),
            (.costLimit, .stop, "max_turn_requests"), (.tokenLimit, .stop, "max_tokens"), (.stuck, .stop, "end_turn"),
            (.redChecks, .stop, "end_turn"),
        ] as [(SessionEnd.Reason, StopReason, String)])
    func `an end has the protocol's reason`(reason: SessionEnd.Reason, stop: StopReason, expected: String) {
        let turn = Turn(number: 1, message: AssistantMessage(text: "x"), stopReason: stop)
        #expect(SessionEnd(reason).stopReason(after: turn).string == expected)
    }

    @Test(
        arguments: [
            (["outcome": ["outcome": "selected", "optionId": "allow_once"]], true, false),
            (["outcome": ["outcome": "selected", "optionId": "allow_always"]], true, true),
            (["outcome": ["outcome": "selected", "optionId": "reject_once"]], false, false),
            (["outcome": ["outcome": "selected", "optionId": "reject_always"]], false, true),
            (["outcome": ["outcome": "cancelled"]], false, false), (nil, false, false), ("yes", false, false),
            (["outcome": "selected"], false, false), (["outcome": ["optionId": "allow_once"]], false, false),
            (["outcome": ["outcome": "selected", "optionId": "ALLOW_ONCE"]], false, false),
        ] as [(JSONValue?, Bool, Bool)])
    func `whatever is no clear yes is a no`(answer: JSONValue?, isAllowed: Bool, isStanding: Bool) {
        let decision = ACPPermission.decision(answer)
        #expect(decision.isAllowed == isAllowed && decision.isStanding == isStanding)
    }

    @Test func `what is decided for a session is about the same thing, asked for the same reason`() {
        func key(_ name: String, _ arguments: JSONValue, _ reason: String) -> String {
            ACPPermission(Self.call(name, arguments), reason: reason, workspace: "/w").key
        }
        #expect(
            key("shell", ["command": "ls", "timeout_seconds": 5], "the mode is ask")
                == key("shell", ["command": "ls"], "the mode is ask"))
        #expect(key("shell", ["command": "ls"], "a") != key("shell", ["command": "ls -l"], "a"))
        #expect(key("shell", ["command": "ls"], "a") != key("shell", ["command": "ls"], "a stranger's text was read"))
        #expect(key("fetch", ["url": "https://a/1"], "a") != key("fetch", ["url": "https://a/2"], "a"))
        #expect(key("edit", ["path": "x", "old": "1"], "a") == key("edit", ["path": "x", "old": "2"], "a"))
        #expect(key("edit", ["path": "x"], "a") != key("write", ["path": "x"], "a"))
    }
}
