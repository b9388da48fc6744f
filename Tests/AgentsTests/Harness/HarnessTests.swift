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

/// Hooks, checks and checkpoints around a scripted model.
@Suite(.timeLimit(.minutes(5))) struct HarnessTests {
    private func run(
        _ bench: Workbench, _ answers: [AssistantMessage], _ harness: Harness.Ports
    ) async throws -> (end: SessionEnd, events: [SessionEvent], model: ScriptedLanguageModel) {
        let model = AgentTests.scripted(answers)
        var ports = Agent.Ports(
            model: model, tools: try ToolSet.standard(bench.parts()), permissions: ModePermissions(.workspace),
            outputFolder: bench.outputs)
        ports.harness = harness
        let heard = Collected<SessionEvent>()
        let agent = try await Agent.open(
            bench.outputs + "/s.jsonl", start: AgentTests.start(bench.folder), ports: ports
        ) { heard.add($0) }
        let end = try await agent.work(on: "go")
        return (end, heard.all, model)
    }

    private func write(_ id: String, _ text: String, to name: String = "a.txt") -> AssistantMessage {
        AgentTests.call(id, "shell", ["command": .string("printf '%s' '\(text)' > \(name)")])
    }

    private func said(_ events: [SessionEvent]) -> [String] {
        events.compactMap { event in
            if case .message(let said) = event.kind, said.source == .hook { said.text } else { nil }
        }
    }

    private func checks(_ bench: Workbench) -> ProjectChecks? {
        .inWalls(
            [CheckSetting(name: "good", command: "test \"$(cat a.txt)\" = good || { cat a.txt; exit 1; }")],
            bench.sandbox, bench.policy)
    }

    private func edit(_ id: String, _ content: String) -> AssistantMessage {
        AgentTests.call(
            id, "apply_patch",
            ["patch": .string("*** Begin Patch\n*** Add File: \(id).txt\n+\(content)\n*** End Patch")])
    }

    @Test
    func `where ends are doubted, a model that only talked, or whose last call failed, is sent back twice at most`()
        async throws
    {
        let answers = [
            AssistantMessage(text: "You could write it."), write("1", "x"),
            AgentTests.call("2", "shell", ["command": "exit 7"]), AssistantMessage(text: "Done."),
            AssistantMessage(text: "Done, I said."),
        ]
        try await Workbench.with { bench in
            let (end, events, _) = try await run(bench, answers, Harness.Ports(doubtsEnds: true))
            #expect(end.reason == .done)
            let told = said(events)
            #expect(told.count == 2, "\(told)")
            #expect(told.first?.contains("called no tool") == true && told.last?.contains("last call failed") == true)
        }
        try await Workbench.with { bench in
            let (end, events, _) = try await run(bench, answers, Harness.Ports())
            #expect(end.reason == .done && said(events).isEmpty)
        }
    }

    @Test func `checks run after edits, and what they find is told once`() async throws {
        try await Workbench.with { bench in
            let runs = Collected<Int>()
            let checks = ProjectChecks {
                runs.add(1)
                let isGreen = FileManager.default.fileExists(atPath: bench.folder + "/b3.txt")
                return [CheckResult(name: "tests", isGreen: isGreen, text: "line 7: wrong")]
            }
            let result = try await run(
                bench,
                [
                    edit("b1", "x"), AgentTests.call("r", "read", ["path": "b1.txt"]), edit("b2", "x"), edit("b3", "x"),
                    AssistantMessage(text: "done"),
                ], Harness.Ports(checks: checks))
            #expect(result.end == SessionEnd(.done))
            // Once for each turn that edits; not for the one that reads, nor at the end, where nothing changed since.
            #expect(runs.all.count == 3)
            #expect(
                said(result.events) == [
                    "The project's checks ran after your changes.\ntests is red:\nline 7: wrong",
                    "The project's checks are green again: tests.",
                ])
        }
    }

    @Test func `who ends with red checks is told once, may mend them, and otherwise ends so`() async throws {
        try await Workbench.with { bench in
            let mends = try await run(
                bench,
                [write("1", "bad"), AssistantMessage(text: "done"), write("2", "good"), AssistantMessage(text: "now")],
                Harness.Ports(checks: checks(bench)))
            #expect(mends.end == SessionEnd(.done))
            #expect(said(mends.events).count == 1)
            #expect(said(mends.events)[0].contains("good:\nbad\nexit code 1"))
        }
        try await Workbench.with { bench in
            let leaves = try await run(
                bench, [write("1", "bad"), AssistantMessage(text: "done"), AssistantMessage(text: "It stays red.")],
                Harness.Ports(checks: checks(bench)))
            #expect(leaves.end == SessionEnd(.redChecks, "Checks of the project are red: good."))
        }
    }

    @Test func `hooks speak at the start, refuse calls, comment on results and on the end`() async throws {
        try await Workbench.with { bench in
            func hook(_ event: String, _ command: String) -> CommandHook {
                CommandHook(HookSetting(event: event, command: command), bench.sandbox, bench.policy)
            }
            let hooks = [
                hook("session_start", "echo be kind"),
                hook("before_tool", "grep -q forbidden && { echo not that >&2; exit 2; }; exit 0"),
                hook("after_tool", "exit 9"), hook("stop", "test -f a.txt || { echo a.txt is missing >&2; exit 2; }"),
            ]
            let result = try await run(
                bench,
                [
                    AgentTests.call("1", "shell", ["command": "echo forbidden > a.txt"]),
                    AssistantMessage(text: "done"),
                    write("2", "made"), AssistantMessage(text: "done"),
                ], Harness.Ports(hooks: hooks))
            #expect(result.end == SessionEnd(.done))
            #expect(said(result.events) == ["be kind", "A hook says that you are not done: a.txt is missing"])
            let ends = result.events.compactMap { if case .toolResult(let end) = $0.kind { end } else { nil } }
            #expect(
                ends.map(\.text) == [
                    "A hook refused it: not that", "exit code 0\nThe hook \"exit 9\" did not work: exit code 9.",
                ])
            #expect(bench.read("a.txt") == "made")
        }
    }

    @Test func `a hook that never lets go does not hold for ever`() async throws {
        try await Workbench.with { bench in
            let hook = CommandHook(HookSetting(event: "stop", command: "exit 2"), bench.sandbox, bench.policy)
            let result = try await run(
                bench, [AssistantMessage](repeating: AssistantMessage(text: "done"), count: 6),
                Harness.Ports(hooks: [hook]))
            #expect(result.end == SessionEnd(.done))
            #expect(result.model.requests.count == 4)
        }
    }

    @Test func `files are kept before each turn that changes them, and brought back`() async throws {
        try await Workbench.with { bench in
            try bench.write("first", "a.txt")
            let kept = try GitCheckpoints(bench.sandbox, workspace: bench.folder, store: bench.outputs + "/s.git")
            let result = try await run(
                bench,
                [
                    AgentTests.call("r", "read", ["path": "a.txt"]), write("1", "second"), write("2", "third"),
                    write("3", "new", to: "b.txt"), AssistantMessage(text: "done"),
                ], Harness.Ports(checkpoints: kept))
            let ids = result.events.compactMap { if case .checkpoint(let record) = $0.kind { record } else { nil } }
            #expect(ids.map(\.turn) == [2, 3, 4])
            _ = try await kept.restore(try #require(ids.last).id)
            #expect(bench.read("b.txt") == nil)
            #expect(bench.read("a.txt") == "third")
            #expect(try await kept.restore(ids[0].id).restored == ["a.txt"])
            #expect(bench.read("a.txt") == "first")
        }
    }

    @Test func `where files cannot be kept, work goes on and it is said`() async throws {
        struct Broken: Checkpoints {
            func keep(_ paths: [String]) async throws -> String { throw AgentsError(.storage, "The disk is full.") }
            func close() async throws {}
            func preview(_ id: String) async throws -> RestoreReport { RestoreReport() }
            func restore(_ id: String) async throws -> RestoreReport { RestoreReport() }
        }
        try await Workbench.with { bench in
            let result = try await run(
                bench, [write("1", "x"), AssistantMessage(text: "done")], Harness.Ports(checkpoints: Broken()))
            let ends = result.events.compactMap { if case .toolResult(let end) = $0.kind { end } else { nil } }
            #expect(ends.map(\.text) == ["exit code 0\nThe disk is full."])
            #expect(bench.read("a.txt") == "x")
        }
    }

    @Test(arguments: [
        (#"{"tests":"make test"}"#, nil), (#"[{"name":"a","command":"b","timeout":5}]"#, nil),
        (#"[{"name":"a"}]"#, "needs a `command`"), (#"[{"command":"a"}]"#, "needs a `name`"),
        (#""make""#, "must name command lines"),
        (#"[{"name":"a","command":"b"},{"name":"a","command":"c"}]"#, "that no other has"),
        (#"[{"name":"a","command":"b","when":"c"}]"#, "\"when\""),
    ])
    func `checks are read, or what is wrong is said`(text: String, part: String?) throws {
        let json = try JSONValue(parsing: text)
        do {
            let settings = try CheckSetting.settings(from: json, in: "neo.yaml")
            #expect(part == nil && settings.count == 1)
        } catch {
            #expect(part.map { error.message.contains($0) } == true, "\(error.message)")
        }
    }
}
