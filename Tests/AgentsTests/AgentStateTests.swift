import LanguageModels
import Testing

@testable import Agents

/// The logic of the loop, without anything around it.
@Suite struct AgentStateTests {
    private var number = 0
    private var state = AgentState()

    init() {
        record(.session(SessionStart(id: "s", model: "m", workspace: "/w", mode: .workspace, instructions: "i")))
    }

    private mutating func record(_ kind: SessionEvent.Kind, at time: Double = 0) {
        state.apply(SessionEvent(number: state.nextNumber, time: time, kind: kind))
    }

    private mutating func answer(_ text: String = "", calls: [String] = []) {
        var parts: [AssistantMessage.Part] = text.isEmpty ? [] : [.text(text)]
        parts += calls.map { .toolCall(ToolCall(id: $0, name: String($0.prefix(1)), arguments: "{}")) }
        record(
            .turn(
                Turn(
                    number: state.turns + 1, message: AssistantMessage(parts: parts),
                    stopReason: calls.isEmpty ? .stop : .toolCalls)))
    }

    private mutating func result(_ id: String, _ text: String = "ok", isError: Bool = false) {
        record(.toolResult(ToolEnd(callID: id, text: text, isError: isError)))
    }

    private func next(onlyReads: Bool = false, elapsed: Double = 0) -> AgentAction {
        state.next(elapsedSeconds: elapsed) { _ in onlyReads }
    }

    @Test func `before anything is said it rests`() {
        #expect(next() == .rest)
    }

    @Test mutating func `asks, runs, asks, and ends`() {
        record(.message(SaidMessage("go")))
        #expect(next() == .ask)
        answer(calls: ["a1"])
        guard case .run(let calls) = next() else { return #expect(Bool(false), "it should run the call") }
        #expect(calls.map(\.id) == ["a1"])
        result("a1")
        #expect(next() == .ask)
        answer("done")
        #expect(next() == .end(SessionEnd(.done)))
        record(.end(SessionEnd(.done)))
        #expect(next() == .rest)
        record(.message(SaidMessage("more")))
        #expect(next() == .ask)
    }

    @Test mutating func `calls run at the same time only when all only read`() {
        record(.message(SaidMessage("go")))
        answer(calls: ["a1", "b1"])
        guard case .run(let together) = next(onlyReads: true), case .run(let single) = next(onlyReads: false) else {
            return #expect(Bool(false), "it should run calls")
        }
        #expect(together.map(\.id) == ["a1", "b1"])
        #expect(single.map(\.id) == ["a1"])
    }

    @Test mutating func `what the user says between calls comes before the calls that are left`() {
        record(.message(SaidMessage("go")))
        answer(calls: ["a1", "b1"])
        result("a1")
        record(.message(SaidMessage("not that", from: .steering)))
        guard case .skip(let call) = next() else { return #expect(Bool(false), "it should skip") }
        #expect(call.id == "b1")
        result("b1", "Not run", isError: true)
        #expect(state.messages.last == .user("not that"))
        #expect(next() == .ask)
        // Each call is followed by its result, before anything else.
        let roles = state.messages.map { message in
            switch message {
            case .system: "system"
            case .user: "user"
            case .assistant: "assistant"
            case .tool: "tool"
            }
        }
        #expect(roles == ["user", "assistant", "tool", "tool", "user"])
    }

    @Test mutating func `a call that had begun is recovered before anything else`() {
        record(.message(SaidMessage("go")))
        answer(calls: ["a1"])
        let mark = ToolStart(callID: "a1", name: "a", arguments: "{}", isIdempotent: false)
        record(.toolCall(mark))
        #expect(next() == .recover(ToolCall(id: "a1", name: "a", arguments: "{}"), mark))
    }

    @Test mutating func `a circle is said once, and then ends the work`() {
        record(.message(SaidMessage("go")))
        for round in 0..<2 {
            for step in 0..<3 {
                #expect(next() == .ask)
                answer(calls: ["a\(round)\(step)"])
                result("a\(round)\(step)", "no", isError: true)
            }
            if round == 0 {
                guard case .tell(let text) = next() else { return #expect(Bool(false), "it should be told") }
                #expect(text.contains("three times"))
                record(.message(SaidMessage(text, from: .notice)))
            }
        }
        guard case .end(let end) = next() else { return #expect(Bool(false), "it should end") }
        #expect(end.reason == .stuck)
    }

    @Test mutating func `limits end the work, and what was used stays used`() {
        var start = SessionStart(id: "s", model: "m", workspace: "/w", mode: .ask, instructions: "i")
        start.limits = AgentLimits(turns: 2, tokens: 100, dollars: 1, wallSeconds: 60)
        record(.session(start))
        record(.message(SaidMessage("go")))
        #expect(next(elapsed: 61) == .end(SessionEnd(.timeLimit, "The agent has worked for its 60 seconds.")))
        record(.usage(UsageNote(tokens: TokenUsage(inputTokens: 90, outputTokens: 10), dollars: 0.5)))
        guard case .end(let tokens) = next() else { return #expect(Bool(false), "it should end") }
        #expect(tokens.reason == .tokenLimit)
    }

    @Test mutating func `pauses do not count as work`() {
        record(.message(SaidMessage("go")), at: 100)
        record(.usage(UsageNote(tokens: TokenUsage(inputTokens: 1, outputTokens: 1))), at: 110)
        record(.end(SessionEnd(.stopped)), at: 111)
        record(.resumed(ResumeRecord()), at: 5_000)
        record(.message(SaidMessage("more")), at: 5_001)
        #expect(state.workedSeconds(at: 5_003) < 120)
    }

    @Test func `what was rewound is not in the state`() {
        var events = [
            SessionEvent(
                number: 0,
                kind: .session(SessionStart(id: "s", model: "m", workspace: "/w", mode: .ask, instructions: "i"))),
            SessionEvent(number: 1, kind: .message(SaidMessage("one"))),
            SessionEvent(number: 2, kind: .message(SaidMessage("two"))),
        ]
        events.append(SessionEvent(number: 3, kind: .resumed(ResumeRecord(rewoundTo: 2))))
        let state = AgentState(events)
        #expect(state.messages == [.user("one")])
        #expect(state.nextNumber == 4)
    }
}
