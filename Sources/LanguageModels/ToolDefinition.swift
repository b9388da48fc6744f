package import Base

/// A tool that a model may call.
package struct ToolDefinition: Sendable, Hashable {
    /// The name that it is called by.
    package var name: String
    /// What it does and when to use it.
    package var description: String
    /// The JSON Schema of its arguments, an object.
    package var parameters: JSONValue

    /// A tool.
    package init(name: String, description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

/// Whether a model calls tools.
package enum ToolChoice: Sendable, Hashable {
    /// As it likes.
    case auto
    /// Never.
    case none
    /// At least one.
    case required
    /// This one.
    case tool(String)
}
