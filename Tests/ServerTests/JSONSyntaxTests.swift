import Testing

@testable import Server

@Suite struct JSONSyntaxTests {
    @Test(
        "JSON has no fault",
        arguments: [
            "{}", "[]", " null ", "true", "-0", "12.5e-3", "1E+9", #""a\n\u00e9\"""#,
            #"{"a": [1, {"b": []}], "c": "ü"}"#,
        ])
    func valid(_ text: String) {
        #expect(JSONSyntax.fault(in: Array(text.utf8)) == nil)
    }

    @Test(
        "The first fault is found where it is",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("01", 1), ("1.", 2), ("-", 0), ("nul", 0),
            ("\"\\x\"", 2),
            ("\"\\u12g4\"", 5), ("\"a\nb\"", 2), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{} {}", 3), ("NaN", 0),
        ])
    func faults(_ text: String, _ offset: Int) {
        #expect(JSONSyntax.fault(in: Array(text.utf8))?.offset == offset)
    }

    @Test("Deep nesting is a fault, not a crash")
    func depth() {
        #expect(JSONSyntax.fault(in: Array(repeating: UInt8(ascii: "["), count: 1_000_000)) != nil)
    }
}
