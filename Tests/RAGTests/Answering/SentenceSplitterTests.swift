import Testing

@testable import RAG

@Suite struct SentenceSplitterTests {
    @Test(
        "A paragraph is cut where sentences end",
        arguments: [
            ("One thing. Another thing.", ["One thing.", "Another thing."]),
            ("Really? Yes! Good.", ["Really?", "Yes!", "Good."]),
            ("See e.g. Array for more. It helps.", ["See e.g. Array for more.", "It helps."]),
            ("Ask Dr. Smith about it.", ["Ask Dr. Smith about it."]),
            ("J. Smith wrote it. He knows.", ["J. Smith wrote it.", "He knows."]),
            ("Version 2.0 is out. Use 3.14 then.", ["Version 2.0 is out.", "Use 3.14 then."]),
            ("Call `a. B` twice. Then stop.", ["Call `a. B` twice.", "Then stop."]),
            ("(It works.) Try it.", ["(It works.)", "Try it."]),
            ("Wait... Go on.", ["Wait...", "Go on."]),
            ("It ends. but goes on", ["It ends. but goes on"]),
            ("速い。安い！", ["速い。", "安い！"]),
            ("No mark at the end", ["No mark at the end"]),
            ("  \n ", []),
        ]
    )
    func cuts(_ paragraph: String, _ expected: [String]) {
        #expect(SentenceSplitter.sentences(in: paragraph[...]).map(String.init) == expected)
    }
}
