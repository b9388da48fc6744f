package import Base

/// A tool that Neo offers to clients.
package struct MCPServedTool: Sendable {
    /// What a call gave.
    package struct Outcome: Sendable, Hashable {
        package var text: String
        package var isError: Bool

        package init(_ text: String, isError: Bool = false) {
            self.text = text
            self.isError = isError
        }
    }

    package var name: String
    package var summary: String
    package var schema: JSONValue
    /// Whether it changes nothing, which clients are told.
    package var onlyReads: Bool
    /// Runs a call; a cancelled task ends it.
    package var run: @Sendable (_ arguments: [String: JSONValue]) async throws -> Outcome

    package init(
        name: String, summary: String, schema: JSONValue, onlyReads: Bool,
        run: @escaping @Sendable (_ arguments: [String: JSONValue]) async throws -> Outcome
    ) {
        self.name = name
        self.summary = summary
        self.schema = schema
        self.onlyReads = onlyReads
        self.run = run
    }

    var json: JSONValue {
        [
            "name": .string(name), "description": .string(summary), "inputSchema": schema,
            "annotations": ["readOnlyHint": .bool(onlyReads), "openWorldHint": false],
        ]
    }
}
