internal import Base

/// Where two JSON values differ.
struct JSONDifference: Sendable, Hashable {
    /// The place: `request.messages[1].content[0].text`.
    let path: String
    /// The one value, shortened; `nothing` where there is none.
    let left: String
    /// The other.
    let right: String

    /// The first place where they differ, members in the order of their names.
    static func first(_ left: JSONValue, _ right: JSONValue) -> JSONDifference? { first(left, right, at: "") }

    /// In how many places they differ.
    static func count(_ left: JSONValue?, _ right: JSONValue?) -> Int {
        guard left != right else { return 0 }
        guard let pairs = members(left, right) else { return 1 }
        return pairs.reduce(0) { $0 + count($1.left, $1.right) }
    }

    private static func first(_ left: JSONValue?, _ right: JSONValue?, at path: String) -> JSONDifference? {
        guard left != right else { return nil }
        guard let pairs = members(left, right) else {
            let (left, right) = shortened(left, right)
            return JSONDifference(path: path, left: left, right: right)
        }
        for pair in pairs {
            let isMember = !pair.name.hasPrefix("[") && !path.isEmpty
            if let found = first(pair.left, pair.right, at: path + (isMember ? "." : "") + pair.name) { return found }
        }
        return nil
    }

    /// What stands in both at the same place; nil where they are no two arrays and no two objects.
    private static func members(
        _ left: JSONValue?, _ right: JSONValue?
    ) -> [(name: String, left: JSONValue?, right: JSONValue?)]? {
        switch (left, right) {
        case (.array(let left), .array(let right)):
            // Not `nil`, which is also how a null is written.
            func element(_ array: [JSONValue], _ index: Int) -> JSONValue? {
                index < array.count ? .some(array[index]) : .none
            }
            return (0..<max(left.count, right.count)).map { ("[\($0)]", element(left, $0), element(right, $0)) }
        case (.object(let left), .object(let right)):
            return Set(left.keys).union(right.keys).sorted().map { ($0, left[$0], right[$0]) }
        default:
            return nil
        }
    }

    /// Long texts from a little before the place where they part.
    private static func shortened(_ left: JSONValue?, _ right: JSONValue?) -> (String, String) {
        let words = [left, right].map { $0?.canonicalText ?? "nothing" }
        let same = zip(words[0], words[1]).prefix { $0 == $1 }.count
        let start = max(0, same - 20)
        let short = words.map { word in
            let part = word.dropFirst(start)
            return (start > 0 ? "…" : "") + part.prefix(60) + (part.count > 60 ? "…" : "")
        }
        return (short[0], short[1])
    }
}
