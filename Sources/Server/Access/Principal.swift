internal import Engineer
internal import RAG

/// Who sent a request.
struct Principal: Sendable {
    /// The name that the audit log has a pseudonym for.
    let name: String
    /// The key that was sent; nil for who has the token, and where nobody needs one.
    let key: AccessKey?
    /// Whose documents are seen; all, where nil.
    let groups: Set<AccessGroup>?

    /// Who sends the service's own token.
    static func owner(_ groups: Set<AccessGroup>?) -> Principal { Principal(name: "owner", key: nil, groups: groups) }

    /// Whoever it is, where nobody has to say.
    static func anybody(_ groups: Set<AccessGroup>?) -> Principal {
        Principal(name: "anybody", key: nil, groups: groups)
    }
}
