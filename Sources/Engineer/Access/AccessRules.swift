package import Base
package import Documents
package import RAG
internal import Retrieval

/// Who may see which documents: what `access` in neo.yaml says.
package struct AccessRules: Sendable, Hashable {
    /// Documents, and the groups that see them.
    package struct Rule: Sendable, Hashable {
        /// Which documents: their path from the project's folder, or their name.
        package var match: DocumentPattern
        /// Who sees them.
        package var groups: Set<AccessGroup>
    }

    /// Why a document has the readers that it has.
    package enum Origin: Sendable, Hashable {
        /// Its own `access`.
        case document
        /// The rule at this position.
        case rule(Int)
        /// Nothing names it, so that nobody but the owner of the machine sees it.
        case nothing
        /// Its own `access` cannot be understood, which keeps it from everybody else.
        case unreadable
    }

    /// Who sees a document, and why.
    package struct Readers: Sendable, Hashable {
        /// The groups; empty where only the owner does.
        package var groups: Set<AccessGroup>
        /// Why.
        package var origin: Origin
    }

    /// The rules, of which the first that matches holds.
    package var rules: [Rule]

    /// Who sees a document: by its own word, else by the first rule that matches, else nobody.
    package func readers(of place: DocumentPlace, metadata: [String: JSONValue]) -> Readers {
        if let own = metadata[Self.key] {
            guard let groups = Self.groups(own) else { return Readers(groups: [], origin: .unreadable) }
            return Readers(groups: groups, origin: .document)
        }
        for (position, rule) in rules.enumerated()
        where rule.match.matches(place.file) || rule.match.matches(place.id.rawValue) {
            return Readers(groups: rule.groups, origin: .rule(position))
        }
        return Readers(groups: [], origin: .nothing)
    }

    /// Where a document says who sees it, in its front matter or metadata.
    static let key = "access"

    /// A group, or a list of them; nil where it is something else.
    private static func groups(_ value: JSONValue) -> Set<AccessGroup>? {
        let names = value.string.map { [$0] } ?? value.array?.map { $0.string ?? "" }
        guard let names else { return nil }
        let groups = names.compactMap { AccessGroup($0) }
        return groups.count == names.count ? Set(groups) : nil
    }
}
