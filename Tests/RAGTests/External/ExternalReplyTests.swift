import Base
import RAG
import Testing

/// What another system sends is data: it is read, or refused with a sentence.
@Suite struct ExternalReplyTests {
    @Test func `a reply is read, and what is kept of it reads the same`() throws {
        let reply = try ExternalReply(
            parsing: """
                {"passages": [{"document": "a.md", "text": "One\\tline\\n", "score": 1.5, "page": 3}, {"text": "Two", "score": null},
                {"document": "b.md", "text": " "}], "answer": "Three", "took_ms": 4}
                """)
        #expect(
            reply
                == ExternalReply(
                    passages: [
                        .init(document: "a.md", text: "One\tline\n"), .init(text: "Two"), .init(document: "b.md"),
                    ],
                    answer: "Three"))
        #expect(try ExternalReply(try JSONValue(parsing: reply.json.canonicalText)) == reply)
    }

    @Test func `an empty list is an abstention`() throws {
        #expect(try ExternalReply(parsing: "{\"passages\": [], \"answer\": null}") == ExternalReply(passages: []))
    }

    @Test(
        "A bad reply is refused with what is wrong with it",
        arguments: [
            ("", "is not JSON"), ("I do not know\u{1B}[31m", "begins with \"I do not know [31m"),
            ("{\"passages\": [{\"text\": \"a\", \"score\": NaN}]}", "is not JSON"),
            ("[1]", "is no JSON object"), ("{}", "no list `passages`"), ("{\"passages\": null}", "no list `passages`"),
            ("{\"passages\": \"none\"}", "no list `passages`"),
            ("{\"passages\": [\"a\"]}", "passage 1 that is no object"),
            ("{\"passages\": [{\"text\": \"a\"}, {}]}", "passage 2 without `document` and `text`"),
            ("{\"passages\": [{\"text\": \" \"}]}", "without `document` and `text`"),
            ("{\"passages\": [{\"text\": 3}]}", "`text` in passage 1 that is no text"),
            ("{\"passages\": [{\"text\": \"a\", \"score\": \"NaN\"}]}", "`score` is no number"),
            ("{\"passages\": [{\"text\": \"a\", \"score\": 1e999}]}", "The reply "),
            ("{\"passages\": [{\"text\": \"a\\u0000b\"}]}", "control character U+0000"),
            ("{\"passages\": [{\"text\": \"a\\u001b[2Jb\"}]}", "control character U+001B"),
            ("{\"passages\": [{\"document\": \"\\u009b\", \"text\": \"a\"}]}", "control character U+009B"),
            ("{\"passages\": [], \"answer\": {}}", "`answer` in it that is no text"),
        ])
    func badReply(text: String, sentence: String) {
        let error = #expect(throws: RAGError.self) { _ = try ExternalReply(parsing: text) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("\u{1B}") == false)
    }

    @Test func `a reply may not be endless`() throws {
        let many = String(repeating: "{\"text\": \"a\"},", count: 1_000)
        _ = try ExternalReply(parsing: "{\"passages\": [\(many.dropLast())]}")
        for (text, sentence) in [
            ("{\"passages\": [\(many){\"text\": \"a\"}]}", "1001 passages"),
            ("{\"passages\": [{\"text\": \"\(String(repeating: "a", count: 1_000_000))\"}]}", "more than 1 MB"),
            ("{\"passages\": [{\"document\": \"\(String(repeating: "a", count: 5_000))\"}]}", "longer than 4096"),
            (String(repeating: "[", count: 400_000), "is not JSON"),
        ] {
            let error = #expect(throws: RAGError.self) { _ = try ExternalReply(parsing: text) }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }
    }
}
