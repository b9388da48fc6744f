package import Base

/// Checks a value against a JSON Schema.
///
/// Keywords that are checked: `type`, `properties`, `required`, `additionalProperties`, `enum`, `const`, `items`,
/// `minItems`, `maxItems`, `minimum`, `maximum` and `anyOf`; others, such as `description`, are passed over. The verdict
/// equals that of PyPI's `jsonschema` on schemas of these keywords (Tests/Peers/schemas.py).
///
/// Source: JSON Schema 2020-12, Validation, section 6; Core, sections 10.2 and 10.3.
package enum JSONSchemaCheck {
    /// More problems than these help nobody to repair an answer.
    private static let mostProblems = 8
    /// Longer excerpts of a value are cut.
    private static let longestExcerpt = 80
    private static let maximumDepth = 200

    /// What is wrong, each with its place, such as `$.items[2].name is missing`; empty where nothing is.
    package static func problems(of value: JSONValue, against schema: JSONValue) -> [String] {
        var problems: [String] = []
        check(value, schema, at: "$", depth: 0, &problems)
        return problems
    }

    private static func check(
        _ value: JSONValue, _ schema: JSONValue, at path: String, depth: Int, _ problems: inout [String]
    ) {
        guard problems.count < mostProblems else { return }
        guard depth < maximumDepth else {
            problems.append("\(path) is nested too deeply")
            return
        }
        if schema == false { problems.append("\(path) should not be there") }
        guard let rules = schema.object else { return }
        checkType(value, rules, path, &problems)
        if let options = rules["enum"]?.array, !options.contains(where: { equal($0, value) }) {
            let list = options.prefix(20).map(\.canonicalText).joined(separator: ", ")
            problems.append("\(path) is \(excerpt(value)), which is none of \(list)")
        }
        if let constant = rules["const"], !equal(constant, value) {
            problems.append("\(path) is \(excerpt(value)), not \(excerpt(constant))")
        }
        checkBounds(value, rules, path, &problems)
        switch value {
        case .object(let members): check(members, rules, at: path, depth: depth, &problems)
        case .array(let elements):
            guard let items = rules["items"] else { break }
            for (position, element) in elements.enumerated() where problems.count < mostProblems {
                check(element, items, at: "\(path)[\(position)]", depth: depth + 1, &problems)
            }
        default: break
        }
        checkAlternatives(value, rules, path, depth, &problems)
    }

    private static func check(
        _ members: [String: JSONValue], _ rules: [String: JSONValue], at path: String, depth: Int,
        _ problems: inout [String]
    ) {
        let properties = rules["properties"]?.object ?? [:]
        for name in rules["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            problems.append("\(path).\(name) is missing")
        }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) where problems.count < mostProblems {
            if let schema = properties[name] {
                check(member, schema, at: "\(path).\(name)", depth: depth + 1, &problems)
            } else if let others = rules["additionalProperties"] {
                check(member, others, at: "\(path).\(shortened(name))", depth: depth + 1, &problems)
            }
        }
    }

    private static func checkType(
        _ value: JSONValue, _ rules: [String: JSONValue], _ path: String, _ problems: inout [String]
    ) {
        let types = rules["type"]?.string.map { [$0] } ?? rules["type"]?.array?.compactMap(\.string) ?? []
        guard !types.isEmpty, !types.contains(where: { isOf($0, value) }) else { return }
        problems.append("\(path) is \(excerpt(value)), which is no \(types.joined(separator: " or "))")
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
            ("number", .integer), ("number", .number), ("integer", .integer):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private static func checkBounds(
        _ value: JSONValue, _ rules: [String: JSONValue], _ path: String, _ problems: inout [String]
    ) {
        if let number = value.number {
            if let least = rules["minimum"]?.number, number < least {
                problems.append("\(path) is \(excerpt(value)), less than \(JSONValue.number(least).canonicalText)")
            }
            if let most = rules["maximum"]?.number, number > most {
                problems.append("\(path) is \(excerpt(value)), more than \(JSONValue.number(most).canonicalText)")
            }
        }
        if let count = value.array?.count {
            if let least = rules["minItems"]?.number, Double(count) < least {
                problems.append("\(path) has \(count) elements, fewer than \(JSONValue.number(least).canonicalText)")
            }
            if let most = rules["maxItems"]?.number, Double(count) > most {
                problems.append("\(path) has \(count) elements, more than \(JSONValue.number(most).canonicalText)")
            }
        }
    }

    private static func checkAlternatives(
        _ value: JSONValue, _ rules: [String: JSONValue], _ path: String, _ depth: Int, _ problems: inout [String]
    ) {
        guard let alternatives = rules["anyOf"]?.array else { return }
        var nearest: [String]?
        for alternative in alternatives {
            var found: [String] = []
            check(value, alternative, at: path, depth: depth + 1, &found)
            if found.isEmpty { return }
            if nearest.map({ found.count < $0.count }) ?? true { nearest = found }
        }
        let hint = nearest.map { "; of the one that is nearest: \($0.joined(separator: "; "))" } ?? ""
        problems.append("\(path) fits none of \(alternatives.count) alternatives\(hint)")
    }

    /// Whether two values are the same for JSON Schema: 1 is 1.0.
    private static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy(equal)
        case (.object(let left), .object(let right)):
            left.count == right.count && left.allSatisfy { key, value in right[key].map { equal(value, $0) } ?? false }
        case (.integer, .number), (.number, .integer): left.number == right.number
        default: left == right
        }
    }

    private static func excerpt(_ value: JSONValue) -> String {
        switch value {
        case .object: "an object"
        case .array: "a list"
        default: shortened(value.canonicalText)
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count > longestExcerpt ? text.prefix(longestExcerpt) + "…" : text
    }
}
