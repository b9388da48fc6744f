import Base
import Foundation
import Testing

@Suite struct JSONParserTests {
    /// What Foundation makes of the same bytes; nil where it takes them for no JSON.
    private static func reference(_ bytes: [UInt8]) -> JSONValue? {
        try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    }

    /// Whether there is something in it that Foundation overlooks: a comma before a bracket, or a zero byte at the end.
    private static func isLoose(_ bytes: [UInt8]) -> Bool {
        let dense = bytes.filter { !" \t\r\n".utf8.contains($0) }
        return bytes.last == 0 || zip(dense, dense.dropFirst()).contains { $0 == 0x2C && [0x5D, 0x7D].contains($1) }
    }

    /// What Foundation's other reader says, which makes objects.
    private static func isNoJSON(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) == nil
    }

    /// The value with great numbers to seven digits: of `9007199254740995.5` and its like, Foundation makes whole numbers.
    private static func coarse(_ value: JSONValue?) -> JSONValue? {
        switch value {
        case .array(let elements): .array(elements.map { coarse($0) ?? nil })
        case .object(let members): .object(members.mapValues { coarse($0) ?? nil })
        case .integer, .number:
            value?.number.flatMap { $0.magnitude > 0x1p53 ? .string("\(Float($0))") : value }
        default: value
        }
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "tru", "True", "01", "-01", "-", "+1", ".5", "1.", "1.e3", "1e", "1e+", "0x10", "NaN",
        "Infinity", "-Infinity", "1e400", "-1e400", "[,1]", "[1 2]", "[", "]", "{", "}", "{\"a\"}", "{\"a\":}",
        "{a:1}", "{'a':1}", "{1:2}", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\", "\"\n\"",
        "\"\t\"", "\"\u{0}\"", "1 2", "[1]]", "{}{}", "// a\n1", "[1]x", "\u{FEFF}x", "\"\\ud800\"", "\"\\udc00\"",
        "\"\\ud800\\u0041\"", "\"\\ud800x\"", "\"\\ud800\\n\"", "\u{A0}1", "--1", "1-", "1e5.5", "\u{0C}1",
    ])
    func `what is no JSON is refused, as by Foundation`(text: String) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: text) }
        #expect(Self.reference(Array(text.utf8)) == nil)
    }

    @Test(
        arguments: [
            ("null", nil), ("true", true), ("false", false), ("0", 0), ("-0", 0), ("-0.0", 0), ("3.0", 3),
            ("1e3", 1_000),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(0x1p63)), ("0.1", 0.1), ("9e16", 90_000_000_000_000_000), ("100.00e-2", 1),
            ("1.00000000000000000001", 1), ("1E-2", 0.01), ("-2.5e+1", -25),
            ("12345678901234567890123456789", .number(12_345_678_901_234_568_227_576_610_816)),
            ("0.30000000000000004", 0.30000000000000004), ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
            ("2.2250738585072014e-308", .number(.leastNormalMagnitude)),
            ("123456789012345678e-10", 12345678.9012345678),
            (" [ 1 , \n\t[] ,{ } ]\r", [1, [], [:]]), ("\u{FEFF}1", 1), ("\"\"", ""), ("\"a\\u0000b\"", "a\u{0}b"),
            ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"), ("\"\\u00e4\\uD83D\\ude00!\"", "ä😀!"),
            ("\"ä😀\u{7F}\"", "ä😀\u{7F}"),
            ("\"\\uFFFF\\uFEFF\"", "\u{FFFF}\u{FEFF}"), ("{\"a\":1,\"b\":2,\"a\":3}", ["a": 1, "b": 2]),
            ("{\"a\":{\"a\":[{\"a\":null}]}}", ["a": ["a": [["a": nil]]]]),
        ] as [(String, JSONValue)])
    func `what is JSON is read, as by Foundation`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
        #expect(try JSONValue(parsing: Data(text.utf8)) == value)
        #expect(Self.reference(Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0x00], [0x5B, 0x31, 0x00, 0x5D],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are refused, as by Foundation`(bytes: [UInt8]) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: Data(bytes)) }
        #expect(Self.reference(bytes) == nil)
    }

    @Test(arguments: ["[1,]", "{\"a\":1,}", "[[],\n]", "1\u{0}", "{}\u{0}\u{0}"])
    func `what only Foundation takes for JSON is refused`(text: String) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: text) }
        #expect(Self.isLoose(Array(text.utf8)))
    }

    @Test(
        "The first fault is found where it is",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("01", 1), ("1.", 2), ("-", 1), ("nul", 0),
            ("\"\\x\"", 2), ("\"\\u12g4\"", 5), ("\"a\nb\"", 2), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{} {}", 3),
            ("NaN", 0),
        ])
    func faults(_ text: String, _ offset: Int) {
        #expect(throws: JSONFault.self) { try JSONValue(parsing: Array(text.utf8), maximumDepth: 4) }
        do { _ = try JSONValue(parsing: Array(text.utf8), maximumDepth: 4) } catch { #expect(error.offset == offset) }
    }

    @Test("A million brackets of a stranger are a fault at the depth that is allowed, not a crash")
    func strangersDepth() {
        let text = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONFault(offset: 4, expected: "no more than 4 levels")) {
            try JSONValue(parsing: text, maximumDepth: 4)
        }
    }

    @Test func `what is nested too deep is refused before it costs the stack`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONValue(parsing: nested(512))
        #expect(throws: JSONFault(offset: 512, expected: "no more than 512 levels")) {
            try JSONValue(parsing: nested(513))
        }
        #expect(throws: JSONFault.self) { try JSONValue(parsing: String(repeating: "{\"a\":", count: 1_000_000)) }
    }

    @Test func `a fault is told with its place`() {
        #expect(throws: JSONFault(offset: 9, expected: "`,` or `]`")) { try JSONValue(parsing: #"{"a": [1 2]}"#) }
        #expect("\(JSONFault(offset: 2, expected: "`:`"))" == "no JSON: at byte 2, `:` was expected")
    }

    @Test(arguments: 0..<8) func `generated documents are read as by Foundation, whole and damaged`(seed: UInt64) {
        var documents = GeneratedJSON(seed: seed)
        var wholes = 0
        for _ in 0..<250 {
            let bytes = Array(documents.value(depth: 4).utf8)
            let value = try? JSONValue(parsing: Data(bytes))
            // With a number beyond all measure.
            if value == nil, Self.isNoJSON(bytes) { continue }
            #expect(
                Self.coarse(value) == Self.coarse(Self.reference(bytes)), "\(String(decoding: bytes, as: UTF8.self))")
            wholes += 1
            let damaged = documents.damaged(bytes)
            let read = try? JSONValue(parsing: Data(damaged))
            // The decoder does not look at all of the value of a key that was there before.
            if read == nil, Self.isLoose(damaged) || Self.isNoJSON(damaged) { continue }
            #expect(
                Self.coarse(read) == Self.coarse(Self.reference(damaged)), "\(String(decoding: damaged, as: UTF8.self))"
            )
        }
        #expect(wholes > 150)
    }

    @Test(arguments: 0..<4) func `generated numbers are read as by Foundation`(seed: UInt64) {
        var documents = GeneratedJSON(seed: 100 + seed)
        for _ in 0..<2_000 {
            let text = documents.number()
            #expect(
                Self.coarse(try? JSONValue(parsing: text)) == Self.coarse(Self.reference(Array(text.utf8))), "\(text)")
        }
    }
}
