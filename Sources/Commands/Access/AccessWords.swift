internal import ArgumentParser
internal import Base
internal import Documents
internal import Engineer
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What command lines say of access, and what is said of keys.
enum AccessWords {
    /// Groups with commas between them; `everyone` is always one.
    static func groups(_ text: String) throws(ValidationError) -> Set<AccessGroup> {
        var groups: Set<AccessGroup> = [.everyone]
        for name in words(text) {
            guard let group = AccessGroup(name) else {
                throw ValidationError(
                    "\"\(name)\" is no name of a group: lower-case letters, digits, -, _ and ., such as hr or board.eu."
                )
            }
            groups.insert(group)
        }
        return groups
    }

    /// Scopes with commas between them.
    static func scopes(_ text: String) throws(ValidationError) -> Set<AccessScope> {
        let known = AccessScope.allCases.map(\.rawValue)
        var scopes: Set<AccessScope> = []
        for name in words(text) {
            guard let scope = AccessScope(rawValue: name) else {
                let hint = nearest(to: name, in: known).map { " Did you mean \($0)?" } ?? ""
                throw ValidationError(
                    "There is no scope \"\(name)\".\(hint) There are \(known.joined(separator: ", ")).")
            }
            scopes.insert(scope)
        }
        guard !scopes.isEmpty else { throw ValidationError("--scopes names none of \(known.joined(separator: ", ")).") }
        return scopes
    }

    /// `90d`, `12h`, `4w`, or a day.
    static func end(_ text: String, after now: Date) throws(ValidationError) -> Date {
        let units: [Character: Double] = ["h": 3600, "d": 86_400, "w": 7 * 86_400]
        if let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), (1...100_000).contains(count)
        {
            return now.addingTimeInterval(Double(count) * unit)
        }
        if let day = try? Date(text + "T00:00:00Z", strategy: .iso8601), text.count == 10 {
            guard day > now else { throw ValidationError("\(text) is over already; --expires names a time to come.") }
            return day
        }
        throw ValidationError("--expires takes a time such as 90d, 12h or 4w, or a day such as 2027-01-31.")
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    }

    /// The fields of a key.
    static func json(_ key: AccessKey, at now: Date) -> JSONValue {
        [
            "id": .string(key.id), "name": .string(key.name), "state": .string(state(key, at: now)),
            "scopes": .array(key.scopes.sorted().map { .string($0.rawValue) }),
            "groups": .array(key.groups.sorted().map { .string($0.name) }),
            "per_minute": key.perMinute.map { .integer($0) } ?? .null,
            "per_day": key.perDay.map { .integer($0) } ?? .null, "created": .string(key.created),
            "expires": key.expires.map { .string($0) } ?? .null, "revoked": key.revoked.map { .string($0) } ?? .null,
        ]
    }

    private static func state(_ key: AccessKey, at now: Date) -> String {
        key.revoked != nil ? "revoked" : key.hasExpired(at: now) ? "expired" : "valid"
    }

    /// A key in a line.
    static func line(_ key: AccessKey, at now: Date) -> String {
        var parts = [
            "\(key.id)  \(key.name): \(state(key, at: now))",
            key.scopes.sorted().map(\.rawValue).joined(separator: ", "),
            "sees \(key.groups.sorted().map(\.name).joined(separator: ", "))",
        ]
        if let most = key.perMinute { parts.append("\(most) a minute") }
        if let most = key.perDay { parts.append("\(most) a day") }
        if key.revoked == nil, let end = key.expires { parts.append("until \(end)") }
        if let end = key.revoked { parts.append("since \(end)") }
        return parts.joined(separator: "; ")
    }

    /// Why a document has its readers.
    static func reason(_ readers: AccessRules.Readers, _ rules: AccessRules?) -> String {
        switch readers.origin {
        case .document: "its own first lines say so"
        case .rule(let position): "rule \(position + 1) of neo.yaml: \(rules?.rules[position].match.source ?? "")"
        case .nothing: rules == nil ? "neo.yaml has no section access" : "no rule of neo.yaml names it"
        case .unreadable: "its own `access` is no group and no list of groups"
        }
    }

    /// Who sees a document, in words.
    static func readers(_ readers: AccessRules.Readers) -> String {
        readers.groups.isEmpty
            ? "nobody but the owner of this machine" : readers.groups.sorted().map(\.name).joined(separator: ", ")
    }
}
