import Base
import LanguageModels
import Synchronization
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Older messages are replaced by a summary, and nothing that matters is lost.
@Suite struct CompactionTests {
    /// A tool that says much.
    private struct Talker: Tool {
        let isIdempotent = true
        let definition = ToolDefinition(
            name: "talk", description: "Talks.",
            parameters: ["type": "object", "properties": ["n": ["type": "integer"]]])
        func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }
        func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
            ToolOutcome(String(repeating: "line \(arguments["n"]?.integer ?? 0) of Sources/Tea/Pot.swift\n", count: 60))
        }
    }

    private struct Source: ContextSource {
        let name = "test"
        let limit = 1_000
        let read: @Sendable () -> String
        func text() async -> String? { read() }
    }

    private struct Objector: Hook {
        let name = "objector"
        func wants(_ event: HookEvent) -> Bool { event == .beforeCompaction }
        func answer(to event: HookEvent, session: String, workspace: String) async throws -> HookAnswer {
            .block("the review is not over.")
        }
    }

    private static let summary = "## Task\nBrew tea.\n\n## Open\nThe lid.\n"

    /// A model that calls `talk` for so many turns, sometimes twice in an answer, and summarises when it is asked to.
    private static func model(
        turns: Int, limit: Int = .max, summary: String? = summary, failing: Bool = false
    ) -> ScriptedLanguageModel {
        let count = Mutex(0)
        return ScriptedLanguageModel { request in
            if request.tools.isEmpty {
                guard let summary, !failing else { throw LanguageModelError(.unreachable, "Nobody answered.") }
                return .text(summary)
            }
            // What every server demands of a conversation.
            var open: Set<String> = []
            for message in request.messages {
                switch message {
                case .assistant(let answer):
                    guard open.isEmpty else { throw LanguageModelError(.request, "A call has no result.") }
                    open = Set(answer.toolCalls.map(\.id))
                case .tool(let result):
                    guard open.remove(result.callID) != nil else {
                        throw LanguageModelError(.request, "A result has no call.")
                    }
                case .user, .system:
                    guard open.isEmpty else { throw LanguageModelError(.request, "A call has no result.") }
                }
            }
            guard TokenEstimate.inputTokens(of: request) <= limit else {
                throw LanguageModelError(.contextTooLong, "Too long.")
            }
            let turn = count.withLock { count in
                count += 1
                return count
            }
            guard turn <= turns else { return .text("Done.") }
            let calls = (0..<(turn % 3 == 0 ? 2 : 1)).map { number in
                AssistantMessage.Part.toolCall(
                    ToolCall(id: "c\(turn)-\(number)", name: "talk", arguments: "{\"n\":\(turn * 10 + number)}"))
            }
            return LanguageModelResponse(
                model: "m", message: AssistantMessage(parts: [.text("Decision: use kettle \(turn).")] + calls),
                stopReason: .toolCalls,
                usage: TokenUsage(inputTokens: TokenEstimate.inputTokens(of: request), outputTokens: 20))
        }
    }

    private static func agent(
        _ folder: String, _ model: any LanguageModel, window: Int = 4_000, context: [any ContextSource] = [],
        hooks: [any Hook] = [], _ heard: Collected<SessionEvent> = Collected()
    ) async throws -> Agent {
        var ports = Agent.Ports(
            model: model, tools: ToolSet([Talker(), CompactTool()]), permissions: ModePermissions(.workspace),
            outputFolder: folder)
        ports.window = ContextWindow(tokens: window, answerTokens: 500)
        ports.context = context
        ports.harness = Harness.Ports(hooks: hooks)
        let start = SessionStart(id: "s", model: "m", workspace: folder, mode: .workspace, instructions: "Be brief.")
        return try await Agent.open(folder + "/s.jsonl", start: start, ports: ports) { heard.add($0) }
    }

    private func compactions(_ heard: Collected<SessionEvent>) -> [CompactionRecord] {
        heard.all.compactMap { if case .compaction(let record) = $0.kind { record } else { nil } }
    }

    @Test func `a long session stays within the window, within one turn of the user, and its beginning never changes`()
        async throws
    {
        try await withTemporaryDirectory { folder in
            let heard = Collected<SessionEvent>()
            let reads = Mutex(0)
            let source = Source {
                reads.withLock { count in
                    count += 1
                    return "The rules, read \(count) times."
                }
            }
            let model = Self.model(turns: 30, limit: 4_000)
            let agent = try await Self.agent(folder, model, context: [source], heard)
            let end = try await agent.work(on: "Brew TEA-42 in /srv/pot, at 96.5 degrees; keep test_lid green.")
            #expect(end == SessionEnd(.done))
            let records = compactions(heard)
            #expect((2...15).contains(records.count), "\(records.count)")
            for (number, record) in records.enumerated() {
                #expect(record.summary.contains("## Open\nThe lid."))
                for fact in ["TEA-42", "/srv/pot", "96.5", "test_lid", "Brew TEA-42 in /srv/pot", "use kettle 1."] {
                    #expect(record.summary.contains(fact), "\(number): \(fact)")
                }
                #expect(record.summary.contains("The rules, read \(number + 2) times."))
            }
            let asked = model.requests.filter { !$0.tools.isEmpty }
            for request in asked {
                #expect(request.messages.first == .system("Be brief.") && request.tools == asked[0].tools)
            }
            // The same events make the same conversation.
            #expect(AgentState(try SessionJournal.read(folder + "/s.jsonl")).messages == (await agent.state.messages))
        }
    }

    @Test(arguments: [true, false])
    func `without a summary, the facts and the last messages are kept`(fails: Bool) async throws {
        try await withTemporaryDirectory { folder in
            let heard = Collected<SessionEvent>()
            let model = Self.model(turns: 12, summary: "I would rather not.", failing: fails)
            let agent = try await Self.agent(folder, model, heard)
            #expect(try await agent.work(on: "Keep #17 open.").reason == .done)
            let records = compactions(heard)
            #expect(!records.isEmpty)
            for record in records {
                #expect(record.summary.contains("Keep #17 open.") && record.summary.contains("Sources/Tea/Pot.swift"))
                #expect(!record.summary.contains("rather not"))
            }
        }
    }

    @Test func `a server that knows better is believed, and what cannot get shorter ends the work with its sentence`()
        async throws
    {
        try await withTemporaryDirectory { folder in
            let heard = Collected<SessionEvent>()
            // The window is said to be much longer than it is.
            let model = Self.model(turns: 12, limit: 3_000)
            let agent = try await Self.agent(folder, model, window: 100_000, heard)
            #expect(try await agent.work(on: "Go.").reason == .done)
            #expect(!compactions(heard).isEmpty)
        }
        try await withTemporaryDirectory { folder in
            let model = Self.model(turns: 12, limit: 10)
            let agent = try await Self.agent(folder, model)
            let end = try await agent.work(on: String(repeating: "word ", count: 5_000))
            #expect(end == SessionEnd(.modelFailed, "Too long."))
            #expect(model.requests.count < 5)
        }
    }

    @Test func `the model asks for it, and it happens before it is asked again`() async throws {
        try await withTemporaryDirectory { folder in
            let heard = Collected<SessionEvent>()
            let count = Mutex(0)
            let model = ScriptedLanguageModel { request in
                if request.tools.isEmpty { return .text(Self.summary) }
                let turn = count.withLock { count in
                    count += 1
                    return count
                }
                guard turn < 6 else { return .text("Done.") }
                let name = turn == 5 ? "compact" : "talk"
                let arguments = turn == 5 ? #"{"keep":"the lid"}"# : #"{"n":1\#(turn)}"#
                return LanguageModelResponse(
                    model: "m",
                    message: AssistantMessage(
                        parts: [.toolCall(ToolCall(id: "same", name: name, arguments: arguments))]),
                    stopReason: .toolCalls, usage: TokenUsage(inputTokens: 10, outputTokens: 5))
            }
            let agent = try await Self.agent(folder, model, window: 100_000, heard)
            #expect(try await agent.work(on: "Go.").reason == .done)
            #expect(compactions(heard).count == 0 || compactions(heard).count == 1)
            let summarising = model.requests.filter(\.tools.isEmpty)
            if case .user(let parts)? = summarising.first?.messages.last, case .text(let text)? = parts.first {
                #expect(text.contains("the lid"))
            }
        }
    }

    @Test func `a cut never parts a call from its results`() {
        var messages: [Message] = [.user("go")]
        for turn in 0..<20 {
            let ids = (0..<(turn % 4)).map { "\(turn)-\($0)" }
            messages.append(
                .assistant(
                    AssistantMessage(
                        parts: [.text("t")] + ids.map { .toolCall(ToolCall(id: $0, name: "n", arguments: "{}")) })))
            messages += ids.map { .tool(ToolResult(callID: $0, content: [.text(String(repeating: "x", count: 200))])) }
        }
        for tail in stride(from: 0, through: 4_000, by: 37) {
            guard let plan = CompactionPlan(messages, tailTokens: tail) else { continue }
            #expect(plan.replaced > 1 && plan.replaced < messages.count)
            if case .tool = messages[plan.replaced] { Issue.record("\(tail): a result is parted from its call") }
        }
        #expect(CompactionPlan([.user("one")], tailTokens: 0) == nil)
        #expect(CompactionPlan([], tailTokens: 0) == nil)
    }

    @Test func `facts are found in words, and counted once`() {
        let facts = SessionFacts(
            [
                .user("See ./a/b.txt, `Sources/X.swift:12`, https://x.org/y and NEO-7."),
                .assistant(
                    AssistantMessage(text: "Decided: no cache.\n- [ ] the lid\n- [x] done\nIt took 12.5 s; (NEO-7)")),
            ], said: ["See NEO-7."])
        func of(_ kind: SessionFacts.Kind) -> [String] { facts.facts.filter { $0.kind == kind }.map(\.text) }
        #expect(of(.paths) == ["./a/b.txt", "Sources/X.swift:12"])
        #expect(of(.tasks) == ["NEO-7"] && of(.decisions) == ["Decided: no cache."] && of(.todos) == ["- [ ] the lid"])
        #expect(of(.numbers) == ["12.5"] && of(.instructions) == ["See NEO-7."])
        #expect(facts.missing(from: "NEO-7").contains { $0.kind == .tasks } == false)
        #expect(SessionFacts.text(of: facts.facts, limit: 40).utf8.count < 100)
    }

    @Test func `a hook that objects is heard by the model, and older messages stay`() async throws {
        try await withTemporaryDirectory { folder in
            let heard = Collected<SessionEvent>()
            let agent = try await Self.agent(folder, Self.model(turns: 8), hooks: [Objector()], heard)
            #expect(try await agent.work(on: "Brew.") == SessionEnd(.done))
            #expect(compactions(heard).isEmpty)
            let said = heard.all.compactMap { if case .message(let said) = $0.kind { said.text } else { nil } }
            #expect(said.contains("Older messages stay as they are: the review is not over."))
        }
    }
}
