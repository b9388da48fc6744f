import Testing

@testable import Storage

@Suite struct PersonTraceTests {
    @Test(
        "A name is found as a name, however it is written",
        arguments: [
            ("ada@example.org", "Ask ADA@Example.ORG, please.", true), ("ada@example.org", "nada@example.org", false),
            ("ada@example.org", "ada@example.orgs", false), ("Ada Lovelace", "\"ada lovelace\"", true),
            ("Ada Lovelace", "Ada  Lovelace", false), ("Zoë", "{\"a\":\"zo\\u00eb\"}", true), ("Zoë", "ZOË", true),
            ("Zoë", "Zoëlla", false), ("ada", "adapt", false), ("ada", "line\\nada", true),
            ("a\"b", "{\"x\":\"a\\\"b\"}", true),
            ("ada", "", false),
        ])
    func finding(name: String, text: String, expected: Bool) throws {
        #expect(try #require(PersonTrace([name])).isIn(text) == expected)
    }

    @Test func `what is taken out leaves the rest as it was`() throws {
        let trace = try #require(PersonTrace(["ada@example.org", "Ada Lovelace"]))
        let text = "Ada Lovelace (ada@example.org), nada@example.org; Ada Lovelace."
        #expect(trace.redacted(text) == "[forgotten] ([forgotten]), nada@example.org; [forgotten].")
        #expect(trace.blotted(Array(text.utf8)).count == text.utf8.count)
        #expect(trace.lines(of: "a\nAda Lovelace\n\nb ada@example.org") == [2, 4])
    }

    @Test func `a name of two letters is none`() {
        #expect(PersonTrace(["Al"]) == nil && PersonTrace([]) == nil && PersonTrace(["Ada", "x"]) == nil)
    }
}
