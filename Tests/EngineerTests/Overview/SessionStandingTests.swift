import Agents
import Base
import LanguageModels
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SessionStandingTests {
    private static func start(_ folder: String) -> SessionEvent.Kind {
        .session(SessionStart(id: "s1", model: "m", workspace: folder, mode: .ask, instructions: ""))
    }

    private static func turn(_ number: Int, _ calls: ToolCall...) -> SessionEvent.Kind {
        .turn(
            Turn(
                number: number, message: AssistantMessage(parts: calls.map { .toolCall($0) }), stopReason: .toolCalls))
    }

    private static let plan = ToolCall(
        id: "1", name: "plan",
        arguments: #"{"steps":[{"step":"look","state":"done"},{"step":"do","state":"doing"},{"step":"x","state":"?"}]}"#
    )
    private static let ask = ToolCall(id: "2", name: "ask_user", arguments: #"{"question":"Which <port>?"}"#)

    private static func events(_ kinds: [SessionEvent.Kind]) -> [SessionEvent] {
        kinds.enumerated().map { SessionEvent(number: $0, time: 1000 + Double($0), kind: $1) }
    }

    /// A project with a session of these events.
    private func with(
        _ kinds: [SessionEvent.Kind],
        _ body: (ProjectReader, _ more: (SessionEvent) throws -> Void) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let store = SessionStore(workspace: folder)
            try store.prepare()
            let journal = try SessionJournal.open(store.path(of: "s1")).journal
            try journal.append(Self.events([Self.start(folder)] + kinds))
            try await body(ProjectReader(FoundProject(folder: folder)), { try journal.append([$0]) })
        }
    }

    /// What agents wait for; nobody has begun the project's interview either.
    private static func waiting(_ reader: ProjectReader) async -> [WaitingItem] {
        await reader.overview().waiting.filter { $0.kind == "agent" }
    }

    @Test func `a session that stopped at a limit waits until somebody has seen it`() async throws {
        let kinds: [SessionEvent.Kind] = [
            .message(SaidMessage("Make it faster")), Self.turn(1, Self.plan),
            .toolResult(ToolEnd(callID: "1", text: "")),
            .end(SessionEnd(.turnLimit, "The agent has used its 1 turns.")),
        ]
        try await with(kinds) { reader, more in
            let item = try #require(await Self.waiting(reader).first)
            #expect(item.kind == "agent" && item.sentence.contains("“Make it faster”"))
            #expect(item.sentence.contains("has used its 1 turns. neo agent --session s1 goes on"))
            #expect(item.session?.event == 4)
            #expect(await reader.standing(of: "s1")?.steps.map(\.state) == [.done, .doing, .open])
            try await reader.see(session: "s1", event: 4, by: "Ada")
            #expect(await Self.waiting(reader).isEmpty)
            try more(SessionEvent(number: 5, time: 2000, kind: .resumed(ResumeRecord())))
            #expect(await Self.waiting(reader).isEmpty, "it is at work again")
            try more(SessionEvent(number: 6, time: 2001, kind: .end(SessionEnd(.costLimit, "Spent."))))
            #expect(await Self.waiting(reader).map(\.session?.event) == [6])
            await #expect(throws: EngineerError.self) { try await reader.see(session: "../x", event: 1, by: "Ada") }
        }
    }

    @Test func `an agent that asks waits for its answer, one that is done waits for nothing`() async throws {
        let kinds: [SessionEvent.Kind] = [
            .message(SaidMessage("Serve it")), Self.turn(1, Self.ask),
            .toolCall(ToolStart(callID: "2", name: "ask_user", arguments: Self.ask.arguments, isIdempotent: true)),
        ]
        try await with(kinds) { reader, more in
            let asked = await Self.waiting(reader)
            #expect(asked.map(\.action) == ["See the question"] && asked[0].sentence.hasSuffix("Which <port>?"))
            try more(SessionEvent(number: 4, time: 2000, kind: .toolResult(ToolEnd(callID: "2", text: "8080"))))
            #expect(await Self.waiting(reader).isEmpty)
            try more(SessionEvent(number: 5, time: 2001, kind: .end(SessionEnd(.done))))
            #expect(await Self.waiting(reader).isEmpty)
        }
    }
}
