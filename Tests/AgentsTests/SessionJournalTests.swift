import Base
import LanguageModels
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SessionJournalTests {
    private static let kinds: [SessionEvent.Kind] = [
        .session(
            SessionStart(
                id: "s", model: "m", workspace: "/w", mode: .readOnly, instructions: "i \"quoted\" \u{1F600}\n",
                limits: AgentLimits(turns: 3, tokens: 5, dollars: 0.25, wallSeconds: 1.5), parent: "p",
                runtime: .runsc)),
        .message(SaidMessage("hello\u{0}", from: .steering)),
        .turn(
            Turn(
                number: 1,
                message: AssistantMessage(parts: [
                    .reasoning(Reasoning(text: "hm", signature: "x")), .text("t"), .refusal("no"),
                    .toolCall(ToolCall(id: "c", name: "n", arguments: #"{"a":1}"#)),
                ]), stopReason: .toolCalls)),
        .usage(UsageNote(tokens: TokenUsage(inputTokens: 3, cachedInputTokens: 1, outputTokens: 2), dollars: 0.5)),
        .approval(Approval(callID: "c", isAllowed: true, reason: "rule")),
        .toolCall(ToolStart(callID: "c", name: "n", arguments: "{}", isIdempotent: true)),
        .toolResult(ToolEnd(callID: "c", text: "r", isError: true, isTainted: true, whole: "/tmp/x")),
        .checkpoint(CheckpointRecord(id: "k", turn: 1)), .compaction(CompactionRecord(replaced: 2, summary: "sum")),
        .resumed(ResumeRecord(mendedBytes: 3, rewoundTo: 1, files: "000004")), .model("e/m"),
        .usage(
            UsageNote(
                tokens: TokenUsage(inputTokens: 3, outputTokens: 2),
                total: SessionTotals(turns: 1, tokens: 8, dollars: 0.5, model: "e/m"))),
        .end(SessionEnd(.costLimit, "enough")),
    ]

    private static let events = kinds.enumerated().map {
        SessionEvent(number: $0.offset, time: 1.5 + Double($0.offset), kind: $0.element)
    }

    private func written(_ path: String) throws {
        let (journal, before, _) = try SessionJournal.open(path)
        #expect(before.isEmpty)
        for event in Self.events { try journal.append(event) }
    }

    @Test func `every event reads back as it was written, a line each, and each line is JSON`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/s.jsonl"
            try written(path)
            #expect(try SessionJournal.read(path) == Self.events)
            #expect(try SessionJournal.open(path).events == Self.events)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == Self.events.count)
            for line in lines { #expect(try JSONValue(parsing: String(line))["sum"]?.string?.count == 16) }
        }
    }

    @Test func `a session whose walls are not known is none to go on with`() throws {
        var json = try #require(Self.events.first).json
        #expect(try SessionEvent(json: json) == Self.events.first)
        guard case .object(var fields) = json else { return }
        fields["runtime"] = "magic"
        json = .object(fields)
        #expect(throws: AgentsError.self) { try SessionEvent(json: json) }
        // As sessions were written before there was a choice, and are where there is none to speak of.
        fields["runtime"] = nil
        guard case .session(let start) = try SessionEvent(json: .object(fields)).kind else { return }
        #expect(start.runtime == .bubblewrap)
    }

    @Test func `a file that is cut anywhere keeps all whole lines, and goes on`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/s.jsonl"
            try written(path)
            let whole = try Data(contentsOf: URL(filePath: path))
            var random = SplitMix64(seed: 7)
            for _ in 0..<200 {
                let count = Int.random(in: 0...whole.count, using: &random)
                try whole.prefix(count).write(to: URL(filePath: path))
                let ends = whole.prefix(count).filter { $0 == UInt8(ascii: "\n") }.count
                let (journal, events, mended) = try SessionJournal.open(path)
                #expect(events == Array(Self.events.prefix(ends)))
                #expect(mended < whole.count)
                if ends < Self.events.count {
                    try journal.append(Self.events[ends])
                    #expect(try SessionJournal.read(path) == Array(Self.events.prefix(ends + 1)))
                }
            }
        }
    }

    @Test func `a changed byte in the middle is found, with its line`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/s.jsonl"
            try written(path)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("hello", with: "hallo").write(toFile: path, atomically: true, encoding: .utf8)
            let error = try #require(throws: AgentsError.self) { try SessionJournal.open(path) }
            #expect(error.message.contains("s.jsonl:2 is not as it was written"))
        }
    }

    @Test func `a session of a newer neo is not touched`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/s.jsonl"
            var start = SessionStart(id: "s", model: "m", workspace: "/w", mode: .ask, instructions: "i")
            start.version = 99
            let line = EventLine.text(of: SessionEvent(number: 0, kind: .session(start))) + "\n"
            try line.write(toFile: path, atomically: true, encoding: .utf8)
            let error = try #require(throws: AgentsError.self) { try SessionJournal.open(path) }
            #expect(error.message.contains("newer neo"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == line)
        }
    }

    @Test func `two at a time are refused`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/s.jsonl"
            let first = try SessionJournal.open(path)
            let error = try #require(throws: StorageError.self) { try SessionJournal.open(path) }
            #expect(error.message.contains("open in another process"))
            try first.journal.append(Self.events[0])
        }
    }
}
