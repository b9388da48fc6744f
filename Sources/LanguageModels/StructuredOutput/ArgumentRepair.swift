package import Base

/// Brings a value into the form of a JSON Schema where only its way of being written is wrong.
///
/// Small models write `"5"` for 5, `5` for "5", `"[1, 2]"` for a list, one element without its list, Python's `True`,
/// `null` for what they leave out, `"celsius"` where the schema lists `"Celsius"`, and all of it below `properties`, as the schema
/// has it. What a value says is never changed: what
/// cannot be read in one way only stays, and so does what is missing.
package enum ArgumentRepair {
    private static let maximumDepth = 64

    /// The value in the schema's form; nil where it has that form already, or cannot be brought into it.
    package static func repaired(_ value: JSONValue, to schema: JSONValue) -> JSONValue? {
        guard !JSONSchemaCheck.problems(of: value, against: schema).isEmpty else { return nil }
        let repaired = mended(unwrapped(value, schema), schema, depth: 0)
        guard JSONSchemaCheck.problems(of: repaired, against: schema).isEmpty else { return nil }
        return repaired
    }

    /// What stands below `properties` where a model wrote the arguments in the shape of their schema.
    private static func unwrapped(_ value: JSONValue, _ schema: JSONValue) -> JSONValue {
        guard schema["properties"]?["properties"] == nil, let inner = value["properties"], inner.object != nil else {
            return value
        }
        return inner
    }

    private static func mended(_ value: JSONValue, _ schema: JSONValue, depth: Int) -> JSONValue {
        guard depth < maximumDepth, let rules = schema.object else { return value }
        let read = typed(value, rules)
        switch read {
        case .object(let members): return .object(self.members(members, rules, depth: depth))
        case .array(let elements):
            guard let items = rules["items"] else { return read }
            return .array(elements.map { mended($0, items, depth: depth + 1) })
        case .string(let text): return listed(text, rules).map { .string($0) } ?? read
        default: return read
        }
    }

    private static func members(
        _ members: [String: JSONValue], _ rules: [String: JSONValue], depth: Int
    ) -> [String: JSONValue] {
        let properties = rules["properties"]?.object ?? [:]
        let required = Set(rules["required"]?.array?.compactMap(\.string) ?? [])
        var mended: [String: JSONValue] = [:]
        for (name, member) in members {
            guard let schema = properties[name] else {
                mended[name] = member
                continue
            }
            let isLeftOut =
                member == .null && !required.contains(name)
                && !JSONSchemaCheck.problems(of: member, against: schema).isEmpty
            if !isLeftOut { mended[name] = self.mended(member, schema, depth: depth + 1) }
        }
        return mended
    }

    /// The value as one of the types that the schema names, where it is none of them.
    private static func typed(_ value: JSONValue, _ rules: [String: JSONValue]) -> JSONValue {
        guard let type = rules["type"]?.string,
            !JSONSchemaCheck.problems(of: value, against: ["type": .string(type)]).isEmpty
        else { return value }
        switch (type, value) {
        case ("string", .integer), ("string", .number): return .string(value.canonicalText)
        case ("integer", .string(let text)), ("number", .string(let text)):
            guard let number = LooseScanner.whole(text), number.number != nil else { return value }
            return number
        case ("boolean", .string(let text)):
            guard let flag = LooseScanner.whole(text.lowercased()), flag.bool != nil else { return value }
            return flag
        case ("object", .string(let text)):
            return LooseScanner.whole(text) ?? value
        case ("array", .string(let text)):
            if let list = LooseScanner.whole(text), list.array != nil { return list }
            // Whether "a, b" are two nobody knows.
            return text.contains(where: { ",;\n".contains($0) }) ? value : [value]
        case ("array", .integer), ("array", .number), ("array", .bool), ("array", .object): return [value]
        default: return value
        }
    }

    /// The one entry of the schema's list that the text is, but for capitals.
    private static func listed(_ text: String, _ rules: [String: JSONValue]) -> String? {
        guard let options = rules["enum"]?.array?.compactMap(\.string), !options.contains(text) else { return nil }
        let same = options.filter { $0.lowercased() == text.lowercased() }
        return same.count == 1 ? same[0] : nil
    }
}
