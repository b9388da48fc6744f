import Agents
import Base
import Glibc
import Synchronization
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(5))) struct EditorOutputTests {
    /// Both ends of a pipe, closed at the end.
    private static func withPipe(_ body: (_ reads: Int32, _ writes: Int32) async throws -> Void) async throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        try await body(ends[0], ends[1])
    }

    /// What is read until there are as many lines, or a response comes.
    private static func lines(from file: Int32, count: Int = .max) async -> [JSONValue] {
        var splitter = ACPLines()
        var lines: [JSONValue] = []
        let input = EditorInput(file)
        while lines.count < count, lines.last?["result"] == nil, let bytes = await input.read() {
            for case .whole(let line) in splitter.append(bytes) {
                if let json = try? JSONValue(parsing: String(decoding: line, as: UTF8.self)) { lines.append(json) }
            }
        }
        return lines
    }

    private static func chunk(_ text: String, _ kind: String = "agent_message_chunk") -> JSONValue {
        ["sessionUpdate": .string(kind), "content": ["type": "text", "text": .string(text)]]
    }

    @Test func `what is said while nobody reads is joined, and arrives whole and in order`() async throws {
        try await Self.withPipe { reads, writes in
            let output = EditorOutput(writes)
            // More than a pipe holds, so that the rest waits.
            output.send(
                ACPMessage.notification(method: "first", params: ["x": .string(String(repeating: "x", count: 1 << 18))])
                    .line)
            for number in 0..<5_000 { output.send(Self.chunk("\(number) "), of: "s") }
            output.send(Self.chunk("thought", "agent_thought_chunk"), of: "s")
            output.send(Self.chunk("other"), of: "t")
            output.send(ACPMessage.response(id: 1, result: [:]).line)
            let lines = await Self.lines(from: reads)
            #expect(lines.first?["method"] == "first" && lines.last?["id"] == 1)
            let chunks = lines.dropFirst().dropLast().compactMap {
                $0["params"]?["update"]?["content"]?["text"]?.string
            }
            #expect(chunks.suffix(2) == ["thought", "other"])
            // In one piece, or two where the writing began in between.
            #expect((3...4).contains(chunks.count))
            let isWhole = chunks.dropLast(2).joined() == (0..<5_000).map { "\($0) " }.joined()
            #expect(isWhole)
            #expect(await output.isDrained(within: .seconds(60)))
        }
    }

    @Test func `work waits while much is unread, until it is read`() async throws {
        try await Self.withPipe { reads, writes in
            let output = EditorOutput(writes, enoughBytes: 1 << 18)
            await output.room()
            let line = ACPMessage.notification(
                method: "m", params: ["x": .string(String(repeating: "x", count: 1 << 16))]
            ).line
            for _ in 0..<10 { output.send(line) }
            await withTaskGroup(of: String.self) { group in
                group.addTask {
                    await output.room()
                    return "room"
                }
                group.addTask {
                    // One waits for what is never read, and is told to go.
                    let waiting = Task { await output.room() }
                    waiting.cancel()
                    await waiting.value
                    return "cancelled"
                }
                #expect(await group.next() == "cancelled")
                #expect(await Self.lines(from: reads, count: 10).count == 10)
                #expect(await group.next() == "room")
            }
        }
    }

    @Test func `who reads nothing at all counts as gone, and nothing is kept`() async throws {
        try await Self.withPipe { _, writes in
            let gone = Mutex(0)
            let output = EditorOutput(writes, mostBytes: 1 << 20, onGone: { gone.withLock { $0 += 1 } })
            for _ in 0..<64 {
                output.send(
                    ACPMessage.notification(method: "m", params: ["x": .string(String(repeating: "x", count: 1 << 15))])
                        .line)
            }
            #expect(gone.withLock { $0 } == 1)
            // Nobody waits for a reader who is gone.
            await output.room()
            #expect(await output.isDrained(within: .seconds(60)))
            let asks = EditorAsks(output)
            asks.endAll()
            #expect(await asks.ask("session/request_permission", [:]) == nil)
        }
    }

    @Test func `a question is answered by its id, and by nothing else`() async throws {
        try await Self.withPipe { reads, writes in
            let asks = EditorAsks(EditorOutput(writes))
            async let first = asks.ask("a", [:])
            let asked = await Self.lines(from: reads, count: 1)
            let id = try #require(asked.first?["id"])
            asks.answered("somebody else's", ["x": 1])
            asks.answered(id, ["x": 2])
            asks.answered(id, ["x": 3])
            #expect(await first == ["x": 2])
            async let second = asks.ask("b", [:])
            let again = try #require(await Self.lines(from: reads, count: 1).first?["id"])
            #expect(again != id)
            // An error, or nonsense.
            asks.answered(again, nil)
            #expect(await second == nil)
            let third = Task { await asks.ask("c", [:]) }
            _ = await Self.lines(from: reads, count: 1)
            third.cancel()
            #expect(await third.value == nil)
        }
    }
}
