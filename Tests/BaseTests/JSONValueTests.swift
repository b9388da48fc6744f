import Base
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        (["b": 1, "a": [true, nil, "x\n\"\u{1}"]] as JSONValue, "{\"a\":[true,null,\"x\\n\\\"\\u0001\"],\"b\":1}"),
        (0.1, "0.1"), (2.0, "2"), (-0.5, "-0.5"), (1e300, "1e+300"), (.number(.nan), "\"NaN\""),
        ("ä\\é\r\n\t\u{1F600}\u{1f}e\u{301}", "\"ä\\\\é\\r\\n\\t\u{1F600}\\u001fe\u{301}\""), ("", "\"\""),
        (JSONValue.object([:]), "{}"),
        (JSONValue.array([]), "[]"),
    ])
    func `canonical text sorts keys and writes the shortest digits`(value: JSONValue, text: String) {
        #expect(value.canonicalText == text)
    }

    @Test func `what is written can be read again`() throws {
        let value: JSONValue = ["text": "ä 😀 \t", "list": [1, 2.5, -3, nil, false], "nested": ["k": ["v"]]]
        #expect(try JSONValue(parsing: value.canonicalText) == value)
        #expect(try JSONValue(parsing: value.prettyText) == value)
    }

    @Test func `content hashes tell parts apart`() {
        var left = ContentHash.Builder()
        left.add("ab")
        left.add("c")
        var right = ContentHash.Builder()
        right.add("a")
        right.add("bc")
        #expect(left.finish() != right.finish())
        // FIPS 180-4, the SHA-256 of "abc".
        #expect(ContentHash(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
