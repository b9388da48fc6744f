/// What a key may be used for.
package enum AccessScope: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Ask, and get answers with their passages.
    case answer
    /// Ask for passages.
    case retrieve
    /// Say how an answer was.
    case feedback
    /// Read what the service counts.
    case metrics

    /// The order of the names.
    package static func < (left: AccessScope, right: AccessScope) -> Bool { left.rawValue < right.rawValue }
}
