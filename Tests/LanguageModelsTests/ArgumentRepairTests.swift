import Base
import Testing

@testable import LanguageModels

/// What is mended of arguments, and what is not.
@Suite struct ArgumentRepairTests {
    /// A schema of the value `x`, which may be left out.
    private static func schema(_ x: JSONValue) -> JSONValue { ["type": "object", "properties": ["x": x]] }

    static let mended: [(schema: JSONValue, written: JSONValue, meant: JSONValue)] = [
        (["type": "integer"], "5", 5), (["type": "integer"], " -12 ", -12), (["type": "number"], "0.5", 0.5),
        (["type": "string"], 94_103, "94103"), (["type": "string"], 1.5, "1.5"),
        (["type": "boolean"], "True", true), (["type": "boolean"], "false", false),
        (["type": "array", "items": ["type": "integer"]], "[1, 2]", [1, 2]),
        (["type": "array", "items": ["type": "integer"]], "['1', 2]", [1, 2]),
        (["type": "array", "items": ["type": "string"]], "sugar", ["sugar"]),
        (["type": "array", "items": ["type": "number"]], 3, [3]),
        (["type": "object"], #"{"a": 1}"#, ["a": 1]), (["enum": ["Celsius", "Kelvin"]], "celsius", "Celsius"),
        (
            ["type": "array", "items": ["type": "object", "properties": ["n": ["type": "integer"]]]], [["n": "1"]],
            [["n": 1]]
        ),
    ]

    @Test(arguments: mended)
    func `what is only written in another way is mended`(schema: JSONValue, written: JSONValue, meant: JSONValue) {
        let repaired = ArgumentRepair.repaired(["x": written], to: Self.schema(schema))
        #expect(repaired == ["x": meant])
    }

    @Test func `null for what may be left out is left out`() {
        let schema = Self.schema(["type": "string"])
        #expect(ArgumentRepair.repaired(["x": .null], to: schema) == [:])
        let required: JSONValue = ["type": "object", "properties": ["x": ["type": "string"]], "required": ["x"]]
        #expect(ArgumentRepair.repaired(["x": .null], to: required) == nil)
        let nullable = Self.schema(["type": ["string", "null"]])
        #expect(ArgumentRepair.repaired(["x": .null], to: nullable) == nil)
    }

    @Test func `arguments in the shape of their schema are taken out of it`() {
        let schema: JSONValue = ["type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"]]
        let written: JSONValue = ["type": "object", "properties": ["n": "5"], "required": ["n"]]
        #expect(ArgumentRepair.repaired(written, to: schema) == ["n": 5])
        let own: JSONValue = [
            "type": "object", "properties": ["properties": ["type": "object"], "n": ["type": "integer"]],
            "required": ["n"],
        ]
        #expect(ArgumentRepair.repaired(["properties": ["n": 5]], to: own) == nil)
    }

    static let left: [(schema: JSONValue, written: JSONValue)] = [
        (["type": "integer"], "five"), (["type": "integer"], "5.5"), (["type": "integer"], "5 or 6"),
        (["type": "integer"], true),
        (["type": "integer"], [5]), (["type": "boolean"], "yes"), (["type": "boolean"], 1), (["type": "string"], ["a"]),
        (["type": "string"], ["a": 1]), (["type": "array", "items": ["type": "string"]], "sugar, milk"),
        (["enum": ["a", "b"]], "c"), (["enum": ["A", "a"]], "á"), (["type": "integer", "minimum": 6], "5"),
    ]

    @Test(arguments: left)
    func `what could mean something else stays wrong`(schema: JSONValue, written: JSONValue) {
        #expect(ArgumentRepair.repaired(["x": written], to: Self.schema(schema)) == nil)
    }

    @Test func `what is right is not touched, whatever it looks like`() {
        let schema: JSONValue = [
            "type": "object",
            "properties": ["s": ["type": "string"], "any": [:], "l": ["type": "array", "items": ["type": "string"]]],
        ]
        #expect(ArgumentRepair.repaired(["s": "5", "any": "true", "l": ["[1]"], "more": "1"], to: schema) == nil)
    }

    @Test func `of a call with two faults neither is hidden by the other`() {
        let schema: JSONValue = [
            "type": "object", "properties": ["n": ["type": "integer"], "s": ["type": "string"]],
            "required": ["n", "s"],
        ]
        #expect(ArgumentRepair.repaired(["n": "5"], to: schema) == nil)
    }

    @Test func `a value that is nested deeper than any schema ends`() {
        var value: JSONValue = "1"
        var schema: JSONValue = ["type": "integer"]
        for _ in 0..<500 {
            value = [value]
            schema = ["type": "array", "items": schema]
        }
        #expect(ArgumentRepair.repaired(value, to: schema) == nil)
    }
}
