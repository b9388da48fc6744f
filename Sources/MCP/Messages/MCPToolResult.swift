package import Base

/// What a call of a tool gave.
package struct MCPToolResult: Sendable, Hashable {
    package var content: [MCPContent]
    /// The same for programs, where the server says it.
    package var structured: JSONValue?
    /// Whether the tool says that it failed.
    package var isError: Bool
    /// All of it, as it came.
    package var json: JSONValue

    /// Reads a result of `tools/call` that is complete.
    package init(_ json: JSONValue) throws(MCPError) {
        guard let blocks = json["content"]?.array else {
            throw MCPError(.form, "The result of a tool has no `content`.")
        }
        var content: [MCPContent] = []
        for block in blocks { content.append(try MCPContent(block)) }
        self.content = content
        structured = json["structuredContent"]
        isError = json["isError"]?.bool ?? false
        self.json = json
    }

    /// What a model reads.
    package var text: String {
        let blocks = content.map(\.text).filter { !$0.isEmpty }
        guard blocks.isEmpty else { return blocks.joined(separator: "\n") }
        return structured.map(\.prettyText) ?? ""
    }
}
