package import Base

/// Arguments of a tool from words of a command line: `key=value`, typed by the tool's schema, or `key:=JSON`.
package enum MCPArguments {
    /// - Throws: `MCPError` with the word that makes no sense.
    package static func object(_ words: [String], for schema: JSONValue) throws(MCPError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for word in words {
            guard let sign = word.firstIndex(of: "="), sign != word.startIndex else {
                throw MCPError(.settings, "\"\(word)\" is no argument: write KEY=VALUE, or KEY:=JSON.")
            }
            var key = word[..<sign]
            let text = String(word[word.index(after: sign)...])
            let isJSON = key.last == ":"
            if isJSON { key = key.dropLast() }
            let name = String(key)
            let property = schema["properties"]?[name]
            if let names = schema["properties"]?.object?.keys, property == nil, schema["additionalProperties"] == false
            {
                let hint = nearest(to: name, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
                throw MCPError(
                    .settings,
                    "The tool has no argument \(name).\(hint) There are: \(names.sorted().joined(separator: ", ")).")
            }
            guard members[name] == nil else { throw MCPError(.settings, "The argument \(name) is given twice.") }
            members[name] = try isJSON ? json(text, name) : value(text, name, property)
        }
        return .object(members)
    }

    private static func json(_ text: String, _ name: String) throws(MCPError) -> JSONValue {
        do { return try JSONValue(parsing: text) } catch {
            throw MCPError(.settings, "The argument \(name) is no JSON: \(text.prefix(100))")
        }
    }

    /// The text, unless the schema admits no text there.
    private static func value(_ text: String, _ name: String, _ schema: JSONValue?) throws(MCPError) -> JSONValue {
        let types = types(schema, depth: 0)
        guard !types.isEmpty, !types.contains("string") else { return .string(text) }
        guard let parsed = try? JSONValue(parsing: text) else {
            throw MCPError(
                .settings,
                "The argument \(name) must be \(types.sorted().joined(separator: " or ")): \(text.prefix(100))")
        }
        return parsed
    }

    private static func types(_ schema: JSONValue?, depth: Int) -> Set<String> {
        guard let schema, depth < 8 else { return [] }
        if let type = schema["type"]?.string { return [type] }
        if let list = schema["type"]?.array { return Set(list.compactMap(\.string)) }
        let kinds = ((schema["enum"]?.array ?? []) + [schema["const"]].compactMap(\.self)).map { value in
            switch value {
            case .string: "string"
            case .integer: "integer"
            case .number: "number"
            case .bool: "boolean"
            case .null: "null"
            case .array: "array"
            case .object: "object"
            }
        }
        if !kinds.isEmpty { return Set(kinds) }
        return ["anyOf", "oneOf"].reduce(into: Set<String>()) { found, key in
            for option in schema[key]?.array ?? [] { found.formUnion(types(option, depth: depth + 1)) }
        }
    }
}
