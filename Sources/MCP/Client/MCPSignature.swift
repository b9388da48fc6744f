internal import Base

/// A tool as one line that a reader of programs understands: `convert_time(time: string, zone?: string)`.
package struct MCPSignature: Sendable, Hashable {
    /// The line.
    package let text: String

    /// - Parameter isShort: leaves out that something is a text, and what is nested deep.
    package init(_ tool: MCPTool, isShort: Bool = false) {
        let schema = tool.schema.json
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        // What is needed comes first, each in the order of the alphabet.
        let names = (schema["properties"]?.object ?? [:]).keys.sorted {
            (required.contains($0) ? 0 : 1, $0) < (required.contains($1) ? 0 : 1, $1)
        }
        let parts = names.map { name -> String in
            let type = Self.type(schema["properties"]?[name], depth: isShort ? 1 : 0)
            return "\(name)\(required.contains(name) ? "" : "?")"
                + (isShort && ["string", "string|null", "any"].contains(type) ? "" : ": \(type)")
        }
        text = "\(tool.name)(\(parts.joined(separator: ", ")))"
    }

    private static func type(_ schema: JSONValue?, depth: Int) -> String {
        guard let schema, depth < 3 else { return "any" }
        if let options = schema["enum"]?.array, options.count <= 12 {
            return options.map(\.canonicalText).joined(separator: "|")
        }
        if let constant = schema["const"] { return constant.canonicalText }
        if let options = schema["anyOf"]?.array ?? schema["oneOf"]?.array {
            return options.prefix(6).map { type($0, depth: depth + 1) }.joined(separator: "|")
        }
        switch schema["type"]?.string {
        case "array": return type(schema["items"], depth: depth + 1) + "[]"
        case "object":
            guard let properties = schema["properties"]?.object, !properties.isEmpty, properties.count <= 12 else {
                return "object"
            }
            return "{"
                + properties.sorted { $0.key < $1.key }
                .map { "\($0.key): \(type($0.value, depth: depth + 1))" }.joined(separator: ", ") + "}"
        case let name?: return name
        case nil:
            let list = (schema["type"]?.array ?? []).compactMap(\.string)
            return list.isEmpty ? "any" : list.joined(separator: "|")
        }
    }
}
