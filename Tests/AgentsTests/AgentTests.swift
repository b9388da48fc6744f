import Base
import LanguageModels
import Sandbox
import Synchronization
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The loop with a scripted model, real tools and real walls.
@Suite struct AgentTests {
    /// A model that gives these answers, one after the other.
    static func scripted(_ answers: [AssistantMessage]) -> ScriptedLanguageModel {
        let rest = Mutex(answers[...])
        return ScriptedLanguageModel { _ in
            let message = rest.withLock { $0.popFirst() } ?? AssistantMessage(text: "I have nothing more to say.")
            return LanguageModelResponse(
                model: "scripted", message: message, stopReason: message.toolCalls.isEmpty ? .stop : .toolCalls,
                usage: TokenUsage(inputTokens: 10, outputTokens: 5))
        }
    }

    static func call(_ id: String, _ name: String, _ arguments: JSONValue) -> AssistantMessage {
        AssistantMessage(parts: [.toolCall(ToolCall(id: id, name: name, arguments: arguments.canonicalText))])
    }

    static func ports(
        _ model: any LanguageModel, _ folder: String, mode: PermissionMode = .workspace,
        approval: ApprovalPort = .nobody
    ) throws -> Agent.Ports {
        let policy = SandboxPolicy(workspace: folder)
        let files = try WorkspaceFiles(policy)
        let seen = SeenFiles()
        let outputs = folder + "/../outputs-" + (folder.split(separator: "/").last ?? "")
        try FileManager.default.createDirectory(atPath: outputs, withIntermediateDirectories: true)
        return Agent.Ports(
            model: model,
            tools: ToolSet([
                ShellTool(try Sandbox.find(), policy), ReadTool(files, seen), WriteTool(files, seen),
                EditTool(files, seen),
            ]), permissions: ModePermissions(mode), approval: approval, outputFolder: outputs)
    }

    static func start(_ folder: String, limits: AgentLimits = AgentLimits()) -> SessionStart {
        SessionStart(
            id: "test", model: "scripted", workspace: folder, mode: .workspace,
            instructions: AgentInstructions.work, limits: limits)
    }

    private func results(_ events: [SessionEvent]) -> [ToolEnd] {
        events.compactMap { if case .toolResult(let end) = $0.kind { end } else { nil } }
    }

    @Test func `writes a program, runs it, mends it, and says so`() async throws {
        try await withTemporaryDirectory { base in
            let folder = base + "/work"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let model = Self.scripted([
                Self.call("1", "write", ["path": "add.py", "content": "print(2 - 3)\n"]),
                Self.call("2", "shell", ["command": "python3 add.py; test \"$(python3 add.py)\" = 5"]),
                Self.call("3", "edit", ["path": "add.py", "old": "2 - 3", "new": "2 + 3"]),
                Self.call("4", "shell", ["command": "python3 add.py; test \"$(python3 add.py)\" = 5"]),
                AssistantMessage(text: "It prints 5."),
            ])
            let heard = Collected<SessionEvent>()
            let agent = try await Agent.open(
                base + "/s.jsonl", start: Self.start(folder), ports: try Self.ports(model, folder)
            ) { heard.add($0) }
            let end = try await agent.work(on: "Write a program that prints 5.")
            #expect(end == SessionEnd(.done))
            let ends = results(heard.all)
            #expect(ends.map(\.isError) == [false, true, false, false])
            #expect(ends.last?.text == "5\nexit code 0")
            #expect(try String(contentsOfFile: folder + "/add.py", encoding: .utf8) == "print(2 + 3)\n")
            // What was heard is what was kept, and the pieces of answers are only heard.
            let kept = heard.all.filter { if case .delta = $0.kind { false } else { true } }
            #expect(try SessionJournal.read(base + "/s.jsonl") == kept)
            #expect(heard.all.count > kept.count)
        }
    }

    @Test func `who waits for the first question hears of it before a call changes anything`() async throws {
        try await withTemporaryDirectory { base in
            let heard = Collected<String>()
            let model = Self.scripted([
                Self.call("1", "write", ["path": "a", "content": "x"]), AssistantMessage(text: "Done."),
            ])
            var ports = try Self.ports(model, base)
            ports.onAsk = { heard.add("asked") }
            ports.beforeCalls = {
                heard.add(FileManager.default.fileExists(atPath: base + "/a") ? "late" : "may change")
            }
            let agent = try await Agent.open(base + "/s.jsonl", start: Self.start(base), ports: ports)
            #expect(try await agent.work(on: "Write a.") == SessionEnd(.done))
            #expect(heard.all == ["asked", "may change", "asked"])
        }
    }

    @Test func `the beginning of a request stays the same from turn to turn`() async throws {
        try await withTemporaryDirectory { base in
            let model = Self.scripted([
                Self.call("1", "shell", ["command": "echo one"]), Self.call("2", "shell", ["command": "echo two"]),
                AssistantMessage(text: "done"),
            ])
            let agent = try await Agent.open(
                base + "/s.jsonl", start: Self.start(base), ports: try Self.ports(model, base))
            _ = try await agent.work(on: "go")
            #expect(model.requests.count == 3)
            for (before, after) in zip(model.requests, model.requests.dropFirst()) {
                #expect(Array(after.messages.prefix(before.messages.count)) == before.messages)
                #expect(after.tools == before.tools)
            }
        }
    }

    @Test func `wrong names and arguments are said to the model`() async throws {
        try await withTemporaryDirectory { base in
            let model = Self.scripted([
                Self.call("1", "bash", ["command": "ls"]), Self.call("2", "shell", ["cmd": "ls"]),
                AssistantMessage(parts: [.toolCall(ToolCall(id: "3", name: "shell", arguments: "ls -l"))]),
                AssistantMessage(text: "done"),
            ])
            let heard = Collected<SessionEvent>()
            let agent = try await Agent.open(
                base + "/s.jsonl", start: Self.start(base), ports: try Self.ports(model, base)
            ) { heard.add($0) }
            _ = try await agent.work(on: "go")
            let texts = results(heard.all).map(\.text)
            #expect(texts.count == 3)
            #expect(texts[0] == "There is no tool \"bash\". There are: shell, read, write, edit.")
            #expect(texts[1].contains("$.command is missing"))
            #expect(texts[2].contains("no JSON object: ls -l"))
        }
    }

    @Test func `without anybody to ask, asking means no, with the rule`() async throws {
        try await withTemporaryDirectory { base in
            let model = Self.scripted([
                Self.call("1", "shell", ["command": "touch made"]), AssistantMessage(text: "done"),
            ])
            let heard = Collected<SessionEvent>()
            let agent = try await Agent.open(
                base + "/s.jsonl", start: Self.start(base), ports: try Self.ports(model, base, mode: .ask)
            ) { heard.add($0) }
            _ = try await agent.work(on: "go")
            #expect(results(heard.all).map(\.text) == ["Not allowed: nobody could be asked: the mode is ask."])
            #expect(!FileManager.default.fileExists(atPath: base + "/made"))
        }
    }

    @Test func `a person who is asked decides`() async throws {
        try await withTemporaryDirectory { base in
            let model = Self.scripted([
                Self.call("1", "shell", ["command": "touch made"]), Self.call("2", "shell", ["command": "touch not"]),
                AssistantMessage(text: "done"),
            ])
            let approval = ApprovalPort { call, _ in call.id == "1" }
            let agent = try await Agent.open(
                base + "/s.jsonl", start: Self.start(base),
                ports: try Self.ports(model, base, mode: .ask, approval: approval))
            _ = try await agent.work(on: "go")
            #expect(FileManager.default.fileExists(atPath: base + "/made"))
            #expect(!FileManager.default.fileExists(atPath: base + "/not"))
        }
    }

    @Test func `stopped work leaves a session that goes on`() async throws {
        try await withTemporaryDirectory { base in
            let path = base + "/s.jsonl"
            let model = Self.scripted([Self.call("1", "shell", ["command": "touch began; sleep 600"])])
            do {
                let agent = try await Agent.open(path, start: Self.start(base), ports: try Self.ports(model, base))
                let working = Task { try await agent.work(on: "go") }
                while !FileManager.default.fileExists(atPath: base + "/began") {
                    try await Task.sleep(for: .milliseconds(5))
                }
                working.cancel()
                #expect(try await working.value.reason == .stopped)
            }
            let again = Self.scripted([AssistantMessage(text: "All right.")])
            let agent = try await Agent.open(path, ports: try Self.ports(again, base))
            #expect(try await agent.work(on: "go on").reason == .done)
            let last = try #require(again.requests.last)
            #expect(last.messages.contains(.user("go on")))
            #expect(last.messages.count == 5)
        }
    }

    @Test func `a model that fails ends the work with its sentence, and the session can go on`() async throws {
        try await withTemporaryDirectory { base in
            let model = ScriptedLanguageModel { _ in throw LanguageModelError(.unreachable, "Nobody answered.") }
            let agent = try await Agent.open(
                base + "/s.jsonl", start: Self.start(base), ports: try Self.ports(model, base))
            let end = try await agent.work(on: "go")
            #expect(end == SessionEnd(.modelFailed, "Nobody answered."))
            #expect(await agent.state.next(elapsedSeconds: 0) { _ in false } == .rest)
        }
    }
}
