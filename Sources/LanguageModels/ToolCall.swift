package import Base

/// A call of a tool, as a model wants it.
package struct ToolCall: Sendable, Hashable {
    /// What the result refers to.
    package var id: String
    /// The tool; may be one that does not exist.
    package var name: String
    /// The arguments as JSON with sorted keys, whether they came at once or in fragments; the model's own words where
    /// they are not JSON.
    package let arguments: String

    /// A call.
    ///
    /// - Parameter text: what the model wrote; nothing stands for no arguments.
    package init(id: String, name: String, arguments text: String) {
        self.id = id
        self.name = name
        arguments = text.allSatisfy(\.isWhitespace) ? "{}" : (try? JSONValue(parsing: text))?.canonicalText ?? text
    }

    /// The arguments; nil where the model wrote something that is no JSON object.
    package var argumentsObject: [String: JSONValue]? { (try? JSONValue(parsing: arguments))?.object }

    /// The same call with other arguments.
    package func with(_ arguments: [String: JSONValue]) -> ToolCall {
        ToolCall(id: id, name: name, arguments: JSONValue.object(arguments).canonicalText)
    }
}
