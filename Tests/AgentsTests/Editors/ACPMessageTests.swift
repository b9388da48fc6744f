import Agents
import Base
import Testing

@Suite struct ACPMessageTests {
    private static func message(_ text: String) throws(ACPFault) -> ACPMessage {
        try ACPMessage(line: Array(text.utf8))
    }

    @Test func `requests, notifications and answers are told apart`() throws {
        #expect(
            try Self.message(#"{"jsonrpc":"2.0","id":"a","method":"m","params":{"x":1}}"#)
                == .request(id: "a", method: "m", params: ["x": 1]))
        #expect(
            try Self.message(#"{"jsonrpc":"2.0","method":"session/cancel"}"#)
                == .notification(method: "session/cancel", params: nil))
        #expect(try Self.message(#"{"jsonrpc":"2.0","id":7,"result":{"a":[]}}"#) == .response(id: 7, result: ["a": []]))
        #expect(
            try Self.message(#"{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"no"}}"#)
                == .response(id: 7, result: nil))
    }

    @Test(
        arguments: [
            ("no json", -32700, nil), (#"{"jsonrpc":"2.0""#, -32700, nil),
            (String(repeating: "[", count: 100_000), -32700, nil), ("[]", -32600, nil), ("7", -32600, nil),
            (#"{"id":3,"method":"m"}"#, -32600, 3), (#"{"jsonrpc":"1.0","id":3,"method":"m"}"#, -32600, 3),
            (#"{"jsonrpc":"2.0","id":4,"method":9}"#, -32600, 4),
            (#"{"jsonrpc":"2.0","id":{},"method":"m"}"#, -32600, nil),
            (#"{"jsonrpc":"2.0","id":null,"method":"m"}"#, -32600, nil), (#"{"jsonrpc":"2.0"}"#, -32600, nil),
        ] as [(String, Int, Int?)])
    func `what is no message is refused, with its id where it has one`(text: String, number: Int, id: Int?) throws {
        let fault = try #require(throws: ACPFault.self) { try Self.message(text) }
        #expect(fault.number.rawValue == number)
        let answer = try JSONValue(parsing: String(decoding: fault.line(to: nil), as: UTF8.self))
        #expect(answer["id"] == id.map(JSONValue.integer) ?? .null)
        #expect(
            answer["error"]?["code"]?.integer == number && answer["error"]?["message"]?.string?.hasSuffix(".") == true)
    }

    @Test func `a message is one line, whatever its texts hold`() throws {
        let message = ACPMessage.request(id: 1, method: "m", params: ["text": "a\nb\u{2028}c\u{1B}[31m"])
        #expect(message.line.count { $0 == 0x0A } == 1 && message.line.last == 0x0A)
        #expect(try ACPMessage(line: message.line) == message)
    }

    @Test func `lines come in pieces, and one that is too long is passed over`() {
        var lines = ACPLines(limit: 8)
        #expect(lines.append(Array("ab".utf8)) == [])
        #expect(lines.append(Array("c\n\r\n \nde\n".utf8)) == [.whole(Array("abc".utf8)), .whole(Array("de".utf8))])
        #expect(lines.append(Array("123456789".utf8)) == [])
        #expect(lines.append(Array("1234567890".utf8)) == [])
        #expect(lines.append(Array("x\nnext\n".utf8)) == [.tooLong, .whole(Array("next".utf8))])
        #expect(lines.append(Array("12345678\n".utf8)) == [.whole(Array("12345678".utf8))])
    }
}

@Suite struct ACPPromptTests {
    private static func prompt(_ blocks: JSONValue) throws -> ACPPrompt {
        try ACPPrompt(ACPParams("session/prompt", ["prompt": blocks]))
    }

    @Test func `links become names, and files that come along belong to the message`() throws {
        let prompt = try Self.prompt([
            ["type": "text", "text": "Why does"],
            ["type": "resource_link", "name": "x", "uri": "file:///w/a%20b.py#L3"],
            ["type": "text", "text": "fail?"],
            ["type": "resource", "resource": ["uri": "file:///w/c.md", "text": "````\nunsaved"]],
            ["type": "resource", "resource": ["uri": "zed:///x", "blob": "aGk="]],
        ])
        #expect(prompt.text == "Why does /w/a b.py fail?")
        try #require(prompt.attachments.count == 2)
        #expect(prompt.attachments[0].contains("/w/c.md as the editor shows it:\n`````\n````\nunsaved\n`````"))
        #expect(prompt.attachments[1].contains("zed:///x") && prompt.attachments[1].contains("no text"))
    }

    @Test func `a long file is cut, and says so`() throws {
        let text = String(repeating: "a", count: ACPPrompt.mostBytes + 10)
        let prompt = try Self.prompt([["type": "resource", "resource": ["uri": "u", "text": .string(text)]]])
        #expect(prompt.attachments[0].utf8.count < ACPPrompt.mostBytes + 200)
        #expect(prompt.attachments[0].contains("the first \(ACPPrompt.mostBytes) of \(text.utf8.count) bytes"))
    }

    @Test(
        arguments: [
            (7, "`prompt` must be a list"), ([], "`prompt` says nothing"),
            ([["type": "text", "text": " \n"]], "nothing"),
            ([["type": "text"]], "`prompt[0].text`"), (["words"], "`prompt[0]` has no `type`"),
            ([["type": "image", "data": "", "mimeType": "image/png"]], "\"image\""),
            ([["type": "resource"]], "`prompt[0].resource`"), ([["type": "resource_link"]], "`prompt[0].uri`"),
            (
                .array(Array(repeating: ["type": "resource", "resource": ["uri": "u", "text": "t"]], count: 65)), "65th"
            ),
        ] as [(JSONValue, String)])
    func `what cannot be taken is named`(blocks: JSONValue, words: String) throws {
        let fault = try #require(throws: ACPFault.self) { try Self.prompt(blocks) }
        #expect(fault.number == .params && fault.message.contains(words), "\(fault.message)")
    }

    @Test(
        arguments: [
            ("file:///a/b", "/a/b"), ("file://localhost/a/%C3%A9?x", "/a/é"), ("/plain", "/plain"),
            ("https://x/y", nil),
            ("file://", nil), ("file:///a%FF", nil),
        ])
    func `addresses of files are paths`(uri: String, path: String?) {
        #expect(ACPPrompt.path(uri) == path)
    }
}
