import LanguageModels
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct SessionCheckTests {
    /// A session of a little more than a megabyte, so that its middle is not read to list it.
    private static func with(_ body: (SessionStore, String) throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let store = SessionStore(workspace: folder)
            try store.prepare()
            let path = store.path(of: "one")
            var events = SessionChangeTests.events(hostile: "ok")
            let last = events.removeLast()
            for number in events.count..<1_600 {
                let said = SaidMessage(String(repeating: "word ", count: 200), from: .steering)
                events.append(SessionEvent(number: number, time: 1e9, kind: .message(said)))
            }
            events.append(SessionEvent(number: events.count, time: 1e9, kind: .usage(Self.usage)))
            events.append(SessionEvent(number: events.count, time: 1e9, kind: last.kind))
            try SessionJournal.open(path).journal.append(events)
            try body(store, path)
        }
    }

    private static let usage: UsageNote = {
        var note = UsageNote(tokens: TokenUsage(inputTokens: 1, outputTokens: 1), dollars: 0)
        note.total = SessionTotals(turns: 3, tokens: 9, dollars: 0, model: "m")
        return note
    }()

    private static func change(_ path: String, line: Int, keepingDate: Bool = false) throws {
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        lines[line - 1] = lines[line - 1].replacing("word", with: "wurd", maxReplacements: 1)
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
        guard keepingDate, let date else { return }
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }

    @Test func `damage in the middle of a long session is seen in its summary, whatever the file's date says`()
        async throws
    {
        try await Self.with { _, path in
            #expect(try SessionSummary.read(path).turns == 3)
            #expect(FileManager.default.fileExists(atPath: SessionCheck.note(of: path)))
            #expect(try SessionSummary.read(path).turns == 3)
            try Self.change(path, line: 800, keepingDate: true)
            for _ in 0..<2 {
                let error = #expect(throws: AgentsError.self) { _ = try SessionSummary.read(path) }
                #expect(error?.message.contains(":800 is not as it was written") == true)
                #expect(error?.message.contains("--to 799") == true)
            }
        }
    }

    @Test func `what was noted is believed as long as the file is the same, and a note that is damaged is not`()
        async throws
    {
        try await Self.with { store, path in
            #expect(try SessionCheck.linesBeforeDamage(path) == nil)
            let note = SessionCheck.note(of: path)
            let text = try String(contentsOfFile: note, encoding: .utf8)
            try text.replacing(" -1\n", with: " 7\n").write(toFile: note, atomically: true, encoding: .utf8)
            #expect(try SessionCheck.linesBeforeDamage(path) == 7)
            try "garbage".write(toFile: note, atomically: true, encoding: .utf8)
            #expect(try SessionCheck.linesBeforeDamage(path) == nil)
            store.forget("one")
            #expect(!FileManager.default.fileExists(atPath: note))
        }
    }

    @Test(arguments: ["a line that was never fini", "\n", "x\n", "x\ny"])
    func `an end that was never finished is no damage`(end: String) async throws {
        try await Self.with { _, path in
            let file = try #require(fopen(path, "a"))
            fputs(end, file)
            fclose(file)
            #expect(try SessionCheck.linesBeforeDamage(path) == nil)
            #expect(try SessionJournal.read(path).count == 1_602)
        }
    }
}
