import Base
import LanguageModels
import Storage
import TestSupport
import Testing

@testable import Agents

/// Models and disks that do not do what they should.
@Suite struct AgentBadInputTests {
    private static func work(
        _ answers: [AssistantMessage], heard: Collected<SessionEvent> = Collected(),
        _ body: (Agent, ScriptedLanguageModel) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let model = AgentTests.scripted(answers)
            let agent = try await Agent.open(
                folder + "/s.jsonl", start: AgentTests.start(folder), ports: try AgentTests.ports(model, folder)
            ) { heard.add($0) }
            try await body(agent, model)
        }
    }

    @Test func `a model that says nothing is told once, and then the work ends`() async throws {
        let silence = AssistantMessage(parts: [])
        try await Self.work([silence, AssistantMessage(text: " \n"), silence]) { agent, model async throws in
            let end = try await agent.work(on: "go")
            #expect(end == SessionEnd(.stuck, "The model said nothing and called nothing."))
            #expect(model.requests.count == 2)
        }
    }

    @Test func `a model that answers garbage is answered with what was wrong, and may go on`() async throws {
        let garbage = AssistantMessage(
            parts: [
                .text("\u{0}\u{202E}<|im_start|>{{"), .toolCall(ToolCall(id: "", name: "", arguments: "\u{FFFD}{[")),
            ])
        let heard = Collected<SessionEvent>()
        try await Self.work([garbage, AssistantMessage(text: "Sorry.")], heard: heard) { agent, model async throws in
            #expect(try await agent.work(on: "go") == SessionEnd(.done))
            let ends = heard.all.compactMap { if case .toolResult(let end) = $0.kind { end } else { nil } }
            #expect(ends.count == 1 && ends[0].isError && ends[0].text.contains("There is no tool \"\""))
        }
    }

    @Test func `the same call again and again ends the work after it was said once`() async throws {
        let call = AgentTests.call("same", "shell", ["command": "echo same"])
        let heard = Collected<SessionEvent>()
        try await Self.work(Array(repeating: call, count: 20), heard: heard) { agent, _ async throws in
            #expect(try await agent.work(on: "go").reason == .stuck)
            let turns = heard.all.compactMap { if case .turn(let turn) = $0.kind { turn } else { nil } }
            #expect(turns.count == 8)
            // Each call has a name of its own, and each name one result.
            let calls = turns.flatMap(\.message.toolCalls).map(\.id)
            let results = heard.all.compactMap { if case .toolResult(let end) = $0.kind { end.callID } else { nil } }
            #expect(Set(calls).count == calls.count && calls == results)
        }
    }

    @Test func `two calls of one name in an answer both run, once`() async throws {
        let both = AssistantMessage(
            parts: ["one", "two"].map {
                .toolCall(ToolCall(id: "x", name: "shell", arguments: #"{"command":"echo \#($0)"}"#))
            })
        let heard = Collected<SessionEvent>()
        try await Self.work([both, AssistantMessage(text: "Done.")], heard: heard) { agent, _ async throws in
            #expect(try await agent.work(on: "go").reason == .done)
            let ends = heard.all.compactMap { if case .toolResult(let end) = $0.kind { end } else { nil } }
            #expect(ends.map(\.text) == ["one\nexit code 0", "two\nexit code 0"])
        }
    }

    @Test func `a form is asked for at the end, repaired once, and is the last answer`() async throws {
        let schema: JSONValue = [
            "type": "object", "required": ["sum"], "properties": ["sum": ["type": "integer"]],
        ]
        let answers = ["Done.", "The sum is 5.", "{\"sum\": 5}"].map { AssistantMessage(text: $0) }
        let heard = Collected<SessionEvent>()
        try await Self.work(answers, heard: heard) { agent, model async throws in
            _ = try await agent.work(on: "go")
            #expect(try await agent.answer(as: schema) == SessionEnd(.done))
            #expect(await agent.state.messages.last == .assistant(AssistantMessage(text: #"{"sum":5}"#)))
            #expect(model.requests.count == 3)
            #expect(await agent.state.usedTurns == 2)
        }
        try await Self.work(["Done.", "No.", "Never."].map { AssistantMessage(text: $0) }) { agent, _ async throws in
            _ = try await agent.work(on: "go")
            let end = try await agent.answer(as: schema)
            #expect(end.reason == .modelFailed && end.message.contains("asked twice"))
        }
    }

    @Test func `a session on a full disk does not begin, with a sentence`() async throws {
        try await withTemporaryDirectory { folder in
            let model = AgentTests.scripted([])
            let ports = try AgentTests.ports(model, folder)
            let error = await #expect(throws: StorageError.self) {
                _ = try await Agent.open("/dev/full", start: AgentTests.start(folder), ports: ports)
            }
            #expect(error?.message.contains("disk is full") == true, "\(error?.message ?? "")")
        }
    }
}
