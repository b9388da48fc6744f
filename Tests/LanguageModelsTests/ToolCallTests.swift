import Base
import LanguageModels
import Testing

@Suite struct ToolCallTests {
    @Test(arguments: [
        (#"{"b": 1, "a" : [ ]}"#, #"{"a":[],"b":1}"#),
        ("", "{}"),
        (" \n", "{}"),
        ("[1, 2]", "[1,2]"),
        (#"{"city": "Par"#, #"{"city": "Par"#),
        ("call me", "call me"),
    ])
    func `Arguments that are JSON are equal where their values are; others stay as they are`(
        written: String, kept: String
    ) {
        #expect(ToolCall(id: "1", name: "f", arguments: written).arguments == kept)
    }

    @Test func `Only an object is a set of arguments`() {
        #expect(ToolCall(id: "1", name: "f", arguments: #"{"a":1}"#).argumentsObject == ["a": 1])
        #expect(ToolCall(id: "1", name: "f", arguments: "").argumentsObject == [:])
        #expect(ToolCall(id: "1", name: "f", arguments: "[1]").argumentsObject == nil)
        #expect(ToolCall(id: "1", name: "f", arguments: "{").argumentsObject == nil)
        let deep = String(repeating: "[", count: 100_000)
        #expect(ToolCall(id: "1", name: "f", arguments: deep).argumentsObject == nil)
    }
}
