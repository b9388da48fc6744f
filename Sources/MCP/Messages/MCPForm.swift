package import Base

/// The forms that the protocol's values have, by their names in its schema: what a value must have to be one.
///
/// A value that fits is kept as the JSON that it is, so what Neo does not know of it is not lost.
package struct MCPForm: Sendable, Hashable {
    /// What a member must be.
    enum Kind: Sendable, Hashable {
        case text
        case number
        case object
        case array
        case anything
        /// A text or a whole number.
        case id
        /// This very value.
        case constant(JSONValue)
        /// A value of another form.
        case form(String)
        /// An array of values of another form.
        case list(String)
        /// A value of one of several forms.
        case either([String])
    }

    package let name: String
    let required: [String: Kind]
    let optional: [String: Kind]

    /// The form of a name; nil where there is none.
    package init?(named name: String) {
        guard let form = Self.table[name] else { return nil }
        self = form
    }

    init(_ name: String, _ required: [String: Kind], _ optional: [String: Kind] = [:]) {
        self.name = name
        self.required = required
        self.optional = optional
    }

    /// What is wrong with a value; nil where it has the form.
    package func problem(of value: JSONValue, depth: Int = 0) -> String? {
        guard let members = value.object else { return "\(name) is no JSON object" }
        // Content of content of content: each level costs stack.
        guard depth < 32 else { return "\(name) is nested too deeply" }
        for (key, kind) in required.sorted(by: { $0.key < $1.key }) {
            guard let member = members[key] else { return "\(name) has no `\(key)`" }
            if let problem = Self.problem(of: member, kind, "\(name).\(key)", depth) { return problem }
        }
        for (key, kind) in optional.sorted(by: { $0.key < $1.key }) {
            guard let member = members[key] else { continue }
            if let problem = Self.problem(of: member, kind, "\(name).\(key)", depth) { return problem }
        }
        return nil
    }

    private static func problem(of value: JSONValue, _ kind: Kind, _ place: String, _ depth: Int) -> String? {
        func unless(_ isRight: Bool, _ what: String) -> String? { isRight ? nil : "\(place) is no \(what)" }
        switch kind {
        case .text: return unless(value.string != nil, "text")
        case .number: return unless(value.number != nil, "number")
        case .object: return unless(value.object != nil, "object")
        case .array: return unless(value.array != nil, "array")
        case .anything: return nil
        case .id: return unless(value.string != nil || value.integer != nil, "text or whole number")
        case .constant(let constant): return unless(value == constant, constant.canonicalText)
        case .form(let name): return table[name]?.problem(of: value, depth: depth + 1)
        case .list(let name):
            guard let elements = value.array else { return "\(place) is no array" }
            return elements.lazy.compactMap { table[name]?.problem(of: $0, depth: depth + 1) }.first
        case .either(let names):
            let problems = names.map { table[$0]?.problem(of: value, depth: depth + 1) }
            return problems.contains(nil) ? nil : "\(place) is none of \(names.joined(separator: ", "))"
        }
    }
}
