import Base
import MCP
import Testing

@Suite struct MCPSchemaTests {
    @Test func `a local reference stands where it was used`() {
        let schema = MCPSchema([
            "type": "object", "properties": ["from": ["$ref": "#/$defs/Place"]],
            "$defs": ["Place": ["type": "string", "description": "A town."]],
        ])
        #expect(schema.json["properties"]?["from"] == ["type": "string", "description": "A town."])
        #expect(schema.json["$defs"] == nil)
        #expect(schema.remarks.isEmpty)
    }

    @Test func `a schema that leads back to itself is cut off`() {
        let schema = MCPSchema([
            "type": "object", "properties": ["tree": ["$ref": "#/$defs/Node"]],
            "$defs": [
                "Node": [
                    "type": "object", "properties": ["left": ["$ref": "#/$defs/Node"], "name": ["type": "string"]],
                ]
            ],
        ])
        #expect(schema.json["properties"]?["tree"]?["properties"]?["left"] == [:])
        #expect(schema.json["properties"]?["tree"]?["properties"]?["name"] == ["type": "string"])
        #expect(schema.remarks == ["leads back to itself, and was cut off"])
    }

    @Test func `what is elsewhere is not fetched`() {
        let schema = MCPSchema(["type": "object", "properties": ["a": ["$ref": "http://127.0.0.1:1/schema.json"]]])
        #expect(schema.json["properties"]?["a"] == [:])
        #expect(schema.remarks == ["refers to something elsewhere, which is not fetched"])
    }

    @Test func `references that double at each step do not fill memory`() {
        var definitions: [String: JSONValue] = ["d0": ["type": "string"]]
        for level in 1...40 {
            let one: JSONValue = ["$ref": .string("#/$defs/d\(level - 1)")]
            definitions["d\(level)"] = ["type": "object", "properties": ["a": one, "b": one]]
        }
        let schema = MCPSchema([
            "type": "object", "properties": ["bomb": ["$ref": "#/$defs/d40"]], "$defs": .object(definitions),
        ])
        #expect(schema.json.canonicalText.utf8.count <= MCPSchema.mostBytes)
        #expect(schema.json["properties"]?["bomb"] != nil)
        #expect(!schema.remarks.isEmpty)
    }

    @Test(
        "A header that cannot be makes a tool unusable",
        arguments: [
            ["type": "number", "x-mcp-header": "Region"], ["type": "string", "x-mcp-header": ""],
            ["type": "string", "x-mcp-header": "a b"], ["type": "object", "x-mcp-header": "Region"],
            ["type": "array", "items": ["type": "string", "x-mcp-header": "Region"]],
        ] as [JSONValue])
    func headers(property: JSONValue) {
        #expect(throws: MCPError.self) {
            try MCPTool(["name": "t", "inputSchema": ["type": "object", "properties": ["region": property]]])
        }
    }

    @Test func `a header that can be is found`() throws {
        let tool = try MCPTool([
            "name": "t",
            "inputSchema": [
                "type": "object", "properties": ["region": ["type": "string", "x-mcp-header": "Region"]],
            ],
        ])
        #expect(tool.headers == [["region"]: "Region"])
    }

    @Test(arguments: ["", "two words", "a/b", "ä", "a\u{1B}[2J", String(repeating: "x", count: 129)])
    func `a name that is none is refused`(name: String) {
        #expect(throws: MCPError.self) { try MCPTool(["name": .string(name), "inputSchema": ["type": "object"]]) }
    }
}
