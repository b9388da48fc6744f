import Base
import LanguageModels
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Copying, taking back and exporting of sessions.
@Suite struct SessionChangeTests {
    private static let start = SessionStart(
        id: "one", model: "m", workspace: "/w", mode: .readOnly, instructions: "i", limits: AgentLimits(turns: 9))

    /// A session of two answers with a call each, and an end.
    static func events(hostile text: String = "ok") -> [SessionEvent] {
        func turn(_ number: Int, _ parts: [AssistantMessage.Part]) -> SessionEvent.Kind {
            .turn(Turn(number: number, message: AssistantMessage(parts: parts), stopReason: .stop))
        }
        let usage = UsageNote(tokens: TokenUsage(inputTokens: 100, outputTokens: 10), dollars: 0.5)
        let kinds: [SessionEvent.Kind] = [
            .session(start), .message(SaidMessage("Do\nit. \(text)")), .usage(usage),
            turn(1, [.text(text), .toolCall(ToolCall(id: "a", name: "shell", arguments: #"{"command":"ls"}"#))]),
            .toolCall(ToolStart(callID: "a", name: "shell", arguments: "{}", isIdempotent: false)),
            .toolResult(ToolEnd(callID: "a", text: text)), .usage(usage),
            .checkpoint(CheckpointRecord(id: "k", turn: 2)),
            turn(
                2, [.reasoning(Reasoning(text: text)), .toolCall(ToolCall(id: "b", name: "x`\n# y", arguments: "no"))]),
            .toolResult(ToolEnd(callID: "b", text: text, isError: true)), .usage(usage), turn(3, [.text("Done.")]),
            .end(SessionEnd(.done)),
        ]
        return kinds.enumerated().map {
            SessionEvent(number: $0.offset, time: 1e9 + Double($0.offset), kind: $0.element)
        }
    }

    private static let ownLines = [
        "# Session", "| ", "|---", "## ", "Call `", "Result of `", "Failure of `", "Thoughts:",
    ]

    private static func with(_ body: (SessionStore) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let store = SessionStore(workspace: folder)
            try store.prepare()
            try SessionJournal.open(store.path(of: "one")).journal.append(events())
            try await body(store)
        }
    }

    @Test func `a turn that is taken back is asked for again, and what it cost stays spent`() async throws {
        try await Self.with { store in
            var restored: [String] = []
            let done = try await store.rewind("one", to: .turn(2), at: 2e9) { id in
                restored.append(id)
                return "before"
            }
            #expect(done.event == 6 && done.count == 7 && restored == ["k"])
            let events = try SessionJournal.read(store.path(of: "one"))
            let state = AgentState(events)
            #expect(state.turns == 1 && state.usedTurns == 3 && state.dollars == 1.5)
            #expect(state.messages.count == 3 && state.callIDs == ["a", "b"])
            #expect(state.next(elapsedSeconds: 0) { _ in false } == .ask)
            #expect(SessionHistory(events).events.map(\.number) == [0, 1, 2, 3, 4, 5, 13])
            // What remains can be taken back as well, and nothing that is gone comes again.
            #expect(try await store.rewind("one", to: .lastMessage, at: 3e9).event == 1)
            #expect(AgentState(try SessionJournal.read(store.path(of: "one"))).messages.isEmpty)
            let error = await #expect(throws: AgentsError.self) {
                _ = try await store.rewind("one", to: .turn(2), at: 4e9)
            }
            #expect(error?.message.contains("has no turn 2") == true)
        }
    }

    @Test func `what was taken back comes again, one rewinding after the other, and nothing is bought twice`()
        async throws
    {
        try await Self.with { store in
            func messages() throws -> Int { AgentState(try SessionJournal.read(store.path(of: "one"))).messages.count }
            var restored: [String] = []
            let whole = try messages()
            _ = try await store.rewind("one", to: .turn(2), at: 2e9) { _ in "files of two" }
            let part = try messages()
            _ = try await store.rewind("one", to: .lastMessage, at: 3e9)
            #expect(try messages() == 0)
            #expect(try await store.rewind("one", to: .lastRewinding, at: 4e9).files == nil)
            #expect(try messages() == part)
            // The same rewinding is not undone twice, but the one before it.
            let second = try await store.rewind("one", to: .lastRewinding, at: 5e9) { id in
                restored.append(id)
                return nil
            }
            #expect(try messages() == whole && second.files == "files of two" && restored == ["files of two"])
            let events = try SessionJournal.read(store.path(of: "one"))
            let held = SessionHistory(events)
            #expect(held.events.map(\.number) == Array(0...12) + [16] && held.lastTurn == 3)
            #expect(AgentState(events).dollars == 1.5 && AgentState(events).end?.reason == .done)
            let error = await #expect(throws: AgentsError.self) {
                _ = try await store.rewind("one", to: .lastRewinding, at: 6e9)
            }
            #expect(error?.message.contains("nothing to bring again") == true)
            // It can be taken back again.
            #expect(try await store.rewind("one", to: .turn(2), at: 7e9).event == 6)
        }
    }

    @Test func `what was taken back does not come again when work went on since`() async throws {
        try await Self.with { store in
            _ = try await store.rewind("one", to: .turn(2), at: 2e9)
            try SessionJournal.open(store.path(of: "one")).journal.append(
                SessionEvent(number: 14, time: 3e9, kind: .message(SaidMessage("Another way."))))
            await #expect(throws: AgentsError.self) { _ = try await store.rewind("one", to: .lastRewinding, at: 4e9) }
        }
    }

    @Test func `the model that was chosen stays, also behind a rewinding`() async throws {
        try await Self.with { store in
            let path = store.path(of: "one")
            try SessionJournal.open(path).journal.append(SessionEvent(number: 13, time: 2e9, kind: .model("other/m")))
            _ = try await store.rewind("one", to: .turn(1), at: 3e9)
            #expect(try AgentState(SessionJournal.read(path)).start?.model == "other/m")
            #expect(try SessionJournal.start(of: path)?.model == "other/m")
            #expect(try SessionSummary.read(path).model == "other/m")
        }
    }

    @Test(arguments: [0, 1, 2]) func `the ends of a long session say what all of it says`(variant: Int) async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/long.jsonl"
            var state = AgentState()
            var events: [SessionEvent] = []
            func add(_ kind: SessionEvent.Kind) {
                var kind = kind
                if case .usage(var note) = kind {
                    note.total = state.totals(with: note)
                    kind = .usage(note)
                }
                events.append(SessionEvent(number: events.count, time: 1e9 + Double(events.count), kind: kind))
                events.last.map { state.apply($0) }
            }
            add(.session(Self.start))
            add(.message(SaidMessage(String(repeating: "c", count: 9_000), from: .context)))
            add(.message(SaidMessage("The task\nof all.")))
            for number in 1...1_200 {
                add(.usage(UsageNote(tokens: TokenUsage(inputTokens: number, outputTokens: 1), dollars: 0.25)))
                let call = ToolCall(id: "c\(number)", name: "shell", arguments: "{}")
                add(.turn(Turn(number: number, message: AssistantMessage(parts: [.toolCall(call)]), stopReason: .stop)))
                add(.toolResult(ToolEnd(callID: call.id, text: String(repeating: "r", count: 1_000))))
                if number == 600 { add(.model("other/m")) }
            }
            switch variant {
            case 0: add(.end(SessionEnd(.done)))
            case 1:
                add(.end(SessionEnd(.turnLimit, "enough")))
                add(.resumed(ResumeRecord()))
            default: break
            }
            try SessionJournal.open(path).journal.append(events)
            let glance = try #require(try SessionGlance.summary(path))
            #expect(glance == (try SessionSummary(events)))
            #expect(glance.turns == 1_200 && glance.model == "other/m" && glance.task == "The task of all.")
            #expect(glance.state == (variant == 0 ? "done" : "open"))
            // What was cut in its last line is read the same.
            let bytes = try #require(FileManager.default.contents(atPath: path))
            try bytes.dropLast(9).write(to: URL(filePath: path))
            #expect(try SessionGlance.summary(path) == (try SessionSummary(Array(events.dropLast()))))
            // Where the end does not tell, the whole is read.
            let (again, read, _) = try SessionJournal.open(path)
            let rewound = SessionEvent(
                number: read.count, time: 2e9, kind: .resumed(ResumeRecord(rewoundTo: read.count - 3)))
            try again.append(rewound)
            #expect(try SessionGlance.summary(path) == nil)
            #expect(try SessionSummary.read(path) == (try SessionSummary(read + [rewound])))
        }
    }

    @Test func `a copy has the first events, a name of its own, and goes its own way`() async throws {
        try await Self.with { store in
            try store.fork("one", to: 6, as: "two")
            let events = try SessionJournal.read(store.path(of: "two"))
            #expect(events.count == 6)
            #expect(AgentState(events).start?.id == "two" && AgentState(events).start?.parent == "one")
            #expect(events.dropFirst() == Self.events()[1..<6])
            for count in [0, -1, 14] {
                let error = #expect(throws: AgentsError.self) { try store.fork("one", to: count, as: "three") }
                #expect(error?.message.contains("is no number of events") == true, "\(error?.message ?? "")")
            }
        }
    }

    @Test func `what stands before a damaged line can be kept`() async throws {
        try await Self.with { store in
            let path = store.path(of: "one")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("Done.", with: "Dome.").write(toFile: path, atomically: true, encoding: .utf8)
            let error = #expect(throws: AgentsError.self) { try store.fork("one", to: nil, as: "two") }
            #expect(error?.message.contains("--to 11") == true, "\(error?.message ?? "")")
            try store.fork("one", to: 11, as: "two")
            #expect(try SessionJournal.read(store.path(of: "two")).count == 11)
        }
    }

    @Test func `sessions are found by beginning, end and as the last one`() async throws {
        try await Self.with { store in
            try store.fork("one", to: nil, as: "20260101-ab")
            #expect(try store.find("last") == "one" && store.find("2026") == "20260101-ab")
            #expect(try store.find("-ab") == "20260101-ab")
            #expect(throws: AgentsError.self) { _ = try store.find("nothing") }
        }
    }

    @Test func `a summary says what a session was`() throws {
        let summary = try SessionSummary(Self.events())
        #expect(summary.task == "Do it. ok" && summary.turns == 3 && summary.tokens == 330 && summary.dollars == 1.5)
        #expect(summary.state == "done" && summary.mode == .readOnly)
        #expect(try SessionSummary(Array(Self.events().prefix(5))).state == "open")
        #expect(throws: AgentsError.self) { _ = try SessionSummary([]) }
    }

    @Test func `a trajectory has a step for each answer, with its results and what it took`() throws {
        let json = try ATIFTrajectory(Self.events(), program: "1").json
        let steps = try #require(json["steps"]?.array)
        #expect(steps.map { $0["source"]?.string } == ["system", "user", "agent", "agent", "agent"])
        #expect(steps.map { $0["step_id"]?.integer } == [1, 2, 3, 4, 5])
        #expect(steps[2]["observation"]?["results"]?.array?.first?["source_call_id"] == "a")
        #expect(steps[3]["tool_calls"]?.array?.first?["arguments"]?["text"] == "no")
        #expect(steps[2]["metrics"]?["cost_usd"]?.number == 0.5)
        #expect(json["final_metrics"]?["total_prompt_tokens"] == 300)
    }

    @Test(arguments: [
        "```", "`````\n# Heading", "a\r```\r# b", "```\u{2028}```", "~~~", "", "\u{202E}x\u{0}",
        "<script>alert(1)</script>",
    ])
    func `no text can end its fence in Markdown`(hostile: String) throws {
        let text = try SessionMarkdown.text(of: Self.events(hostile: hostile))
        // Outside of fences stand Neo's own lines alone.
        var fence: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = fence {
                if line.allSatisfy({ $0 == "`" }), line.count >= open.count { fence = nil }
            } else if line.hasPrefix("```") {
                fence = String(line.prefix { $0 == "`" })
                #expect(line.dropFirst(fence?.count ?? 0) == "text")
            } else {
                #expect(line.isEmpty || Self.ownLines.contains { line.hasPrefix($0) }, "\(line)")
                #expect(!line.contains("alert") && line != "## Heading")
            }
        }
        #expect(fence == nil)
    }

    @Test func `calls get names of their own`() {
        var state = AgentState()
        for (number, ids) in [["c", "c", ""], ["c", "call", String(repeating: "x", count: 90)]].enumerated() {
            let message = state.withOwnCallIDs(
                AssistantMessage(parts: ids.map { .toolCall(ToolCall(id: $0, name: "n", arguments: "{}")) }))
            #expect(Set(message.toolCalls.map(\.id)).count == 3)
            #expect(message.toolCalls.allSatisfy { !state.callIDs.contains($0.id) && $0.id.count <= 50 && $0.id != "" })
            state.apply(
                SessionEvent(
                    number: number, kind: .turn(Turn(number: number + 1, message: message, stopReason: .toolCalls))))
        }
        #expect(state.callIDs.count == 6)
    }

    @Test func `a session that is taken up again keeps the budget that was left, or gets a new one`() {
        var state = AgentState(Self.events())
        // Twelve seconds of work, and a pause that does not count.
        #expect(state.workedSeconds(at: 5e9) == 12)
        func resume(_ change: AgentLimits.Change) -> SessionEvent {
            SessionEvent(
                number: state.nextNumber, time: 5e9,
                kind: .resumed(state.resumption(mendedBytes: 0, limits: change)))
        }
        state.apply(resume(AgentLimits.Change()))
        #expect(state.start?.limits == AgentLimits(turns: 9) && state.workedSeconds(at: 5e9 + 3) == 12)
        state.apply(resume(AgentLimits.Change(turns: 3, tokens: 1_000)))
        #expect(state.start?.limits == AgentLimits(turns: 3, tokens: 1_000))
        state.apply(SessionEvent(number: state.nextNumber, time: 5e9, kind: .message(SaidMessage("more"))))
        guard case .end(let end) = state.next(elapsedSeconds: 0, onlyReads: { _ in false }) else {
            return #expect(Bool(false), "it should end")
        }
        #expect(end.reason == .turnLimit)
        // The same session with more turns goes on without a further word.
        state.apply(SessionEvent(number: state.nextNumber, time: 5e9, kind: .end(end)))
        state.apply(resume(AgentLimits.Change(turns: 4)))
        #expect(state.next(elapsedSeconds: 0) { _ in false } == .ask)
    }
}
