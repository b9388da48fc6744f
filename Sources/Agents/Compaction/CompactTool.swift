package import Base
package import LanguageModels

/// `compact`: the model asks for a summary of what was before, at a moment that suits the work.
///
/// It does nothing itself: the session sees the call, and compacts before it asks the model again.
package struct CompactTool: Tool {
    /// What it is called.
    package static let name = "compact"

    package init() {}

    package let isIdempotent = true

    package var definition: ToolDefinition {
        ToolDefinition(
            name: Self.name,
            description: """
                Replaces the older part of this conversation by a summary. Call it between two parts of the work, when much \
                of what was read is no longer needed.
                """,
            parameters: [
                "type": "object", "additionalProperties": false,
                "properties": ["keep": ["type": "string", "description": "What must be kept above all."]],
            ])
    }

    package func effects(of arguments: [String: JSONValue]) -> [ToolEffect] { [] }

    package func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome {
        ToolOutcome("The conversation is compacted now.")
    }
}
