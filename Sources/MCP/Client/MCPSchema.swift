package import Base

/// The schema of a tool's arguments, made harmless: bounded in depth and size, with local references put in their place.
///
/// Nothing is ever fetched: a reference to elsewhere, one that leads back to itself, and what lies too deep admit anything.
package struct MCPSchema: Sendable, Hashable {
    private static let maximumDepth = 24
    private static let mostValues = 4_000
    /// Bytes of a schema that a model is shown.
    package static let mostBytes = 32 << 10

    /// The schema that is left.
    package private(set) var json: JSONValue = ["type": "object"]
    /// What was left out of it, in words.
    package private(set) var remarks: [String] = []

    private var count = 0

    /// Reads a schema, of which nothing is believed.
    package init(_ schema: JSONValue) {
        var bounded = bound(schema, root: schema, depth: 0, following: [])
        if count > Self.mostValues || bounded.canonicalText.utf8.count > Self.mostBytes {
            note("is too large: only the names of its arguments are kept")
            let names = (schema["properties"]?.object ?? [:]).keys.filter { $0.utf8.count <= 64 }.sorted().prefix(100)
            bounded = [
                "type": "object", "properties": .object(Dictionary(names.map { ($0, [:]) }) { first, _ in first }),
            ]
        }
        guard var members = bounded.object else { return }
        members["type"] = "object"
        members["$schema"] = nil
        members["$defs"] = nil
        members["definitions"] = nil
        members["$id"] = nil
        json = .object(members)
    }

    private mutating func note(_ remark: String) { if !remarks.contains(remark) { remarks.append(remark) } }

    private mutating func bound(
        _ value: JSONValue, root: JSONValue, depth: Int, following: [String]
    ) -> JSONValue {
        count += 1
        guard count <= Self.mostValues else { return [:] }
        guard depth < Self.maximumDepth else {
            note("is nested too deeply, and was cut off")
            return [:]
        }
        switch value {
        case .object(let members):
            if let reference = members["$ref"]?.string {
                return follow(reference, members, root: root, depth: depth, following: following)
            }
            var kept: [String: JSONValue] = [:]
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                if ["$defs", "definitions", "$dynamicRef", "$id", "$anchor", "$schema"].contains(key), depth > 0 {
                    continue
                }
                if depth == 0, key == "$defs" || key == "definitions" { continue }
                kept[key] = bound(member, root: root, depth: depth + 1, following: following)
            }
            return .object(kept)
        case .array(let elements):
            return .array(elements.map { bound($0, root: root, depth: depth + 1, following: following) })
        default: return value
        }
    }

    private mutating func follow(
        _ reference: String, _ members: [String: JSONValue], root: JSONValue, depth: Int, following: [String]
    ) -> JSONValue {
        var others = members
        others["$ref"] = nil
        guard reference.hasPrefix("#") else {
            note("refers to something elsewhere, which is not fetched")
            return others.isEmpty ? [:] : bound(.object(others), root: root, depth: depth + 1, following: following)
        }
        guard !following.contains(reference) else {
            note("leads back to itself, and was cut off")
            return [:]
        }
        guard let target = Self.target(of: reference, in: root) else {
            note("refers to something that it does not hold")
            return [:]
        }
        let found = bound(target, root: root, depth: depth + 1, following: following + [reference])
        guard var merged = found.object, !others.isEmpty else { return found }
        for (key, member) in others {
            merged[key] = bound(member, root: root, depth: depth + 1, following: following)
        }
        return .object(merged)
    }

    /// Source: RFC 6901, JSON Pointer, section 6.
    private static func target(of reference: String, in root: JSONValue) -> JSONValue? {
        var value = root
        for part in reference.dropFirst().split(separator: "/") {
            let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            if let member = value[name] {
                value = member
            } else if let list = value.array, let index = Int(name), list.indices.contains(index) {
                value = list[index]
            } else {
                return nil
            }
        }
        return value
    }
}
