import Base
import Testing

@Suite struct ServerSentEventParserTests {
    private static func events(_ pieces: [[UInt8]], limit: Int = 1 << 20) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser(limit: limit)
        return try pieces.flatMap { try parser.append($0) }
    }

    /// The same by other means: ends of lines made alike first, then lines, then blocks.
    private static func reference(_ bytes: [UInt8]) -> [ServerSentEvent] {
        var text = bytes
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        var lines: [[UInt8]] = [[]]
        var position = 0
        while position < text.count {
            if text[position] == 13 || text[position] == 10 {
                if text[position] == 13, position + 1 < text.count, text[position + 1] == 10 { position += 1 }
                lines.append([])
            } else {
                lines[lines.count - 1].append(text[position])
            }
            position += 1
        }
        var events: [ServerSentEvent] = []
        var data: [String] = []
        var name = ""
        for line in lines.dropLast().map({ String(decoding: $0, as: UTF8.self) }) {
            if line.isEmpty {
                if !data.isEmpty {
                    events.append(
                        ServerSentEvent(event: name.isEmpty ? "message" : name, data: data.joined(separator: "\n")))
                }
                data = []
                name = ""
            } else if line == "data" {
                data.append("")
            } else if line.hasPrefix("data:") {
                data.append(String(line.dropFirst(line.hasPrefix("data: ") ? 6 : 5)))
            } else if line == "event" {
                name = ""
            } else if line.hasPrefix("event:") {
                name = String(line.dropFirst(line.hasPrefix("event: ") ? 7 : 6))
            }
        }
        return events
    }

    @Test(arguments: [
        ("data: a\n\n", [ServerSentEvent(data: "a")]),
        ("\u{FEFF}data:a\r\n\r\n", [ServerSentEvent(data: "a")]),
        ("data: a\rdata:  b\r\r", [ServerSentEvent(data: "a\n b")]),
        (": comment\n\ndata: [DONE]\n\n", [ServerSentEvent(data: "[DONE]")]),
        ("event: ping\ndata: {}\n\n", [ServerSentEvent(event: "ping", data: "{}")]),
        ("event: lost\n\ndata: x\n\n", [ServerSentEvent(data: "x")]),
        ("data\n\ndata\ndata\n\n", [ServerSentEvent(data: ""), ServerSentEvent(data: "\n")]),
        ("id: 1\nretry: 10\ndatum: x\n\n", []),
        ("data: a:b\n\n", [ServerSentEvent(data: "a:b")]),
        ("data: without its blank line\n", []),
        ("data: é\u{1F600}\n\n\n\n", [ServerSentEvent(data: "é\u{1F600}")]),
    ])
    func `Events are those of the standard, wherever the bytes are cut`(text: String, expected: [ServerSentEvent])
        throws
    {
        let bytes = Array(text.utf8)
        #expect(try Self.events([bytes]) == expected)
        #expect(try Self.events(bytes.map { [$0] }) == expected)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...])]
                #expect(try Self.events(pieces) == expected)
            }
        }
    }

    @Test func `Random streams give what a second parser finds, at every cut`() throws {
        var random = SplitMix64(seed: 8)
        let words = ["data", "data:", "data: ", "event: e", ":", "x", "\n", "\r", "\r\n", "\n\n", "\u{FEFF}", "é", " "]
        for _ in 0..<300 {
            var bytes = (0..<Int.random(in: 0...24, using: &random)).flatMap { _ in
                Array((words.randomElement(using: &random) ?? "").utf8)
            }
            if random.next() % 4 == 0, !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let expected = Self.reference(bytes)
            for cut in 0...bytes.count {
                let found = try Self.events([Array(bytes[..<cut]), Array(bytes[cut...])])
                #expect(found == expected, "\(bytes) cut at \(cut)")
            }
            #expect(try Self.events(bytes.map { [$0] }) == expected, "\(bytes) byte by byte")
        }
    }

    @Test func `An event that does not end is given up, in a line or in many`() throws {
        for text in [String(repeating: "x", count: 2_000), String(repeating: "data: xxxxxxxx\n", count: 200)] {
            #expect(throws: ServerSentEventTooLong(limit: 1_000)) {
                try Self.events([Array(text.utf8)], limit: 1_000)
            }
        }
        let many = String(repeating: "data: xxxxxxxx\n\n", count: 200)
        #expect(try Self.events([Array(many.utf8)], limit: 1_000).count == 200)
    }
}
