package import Base

/// A place that names a person, and what becomes of it.
package struct ForgottenPlace: Sendable, Hashable {
    /// Whose it is.
    package enum Kind: String, Sendable, Hashable {
        /// Neo keeps it: it is purged.
        case kept
        /// A file of the user's: it is named, and nothing in it is changed. A document is taken out of index and service.
        case own
        /// A released file: a new release has to be made.
        case release
        /// A copy that may hold everything: it is named, and nothing is promised.
        case backup
    }

    /// Whose it is.
    package let kind: Kind
    /// Which place, as the user would call it.
    package let name: String
    /// How many rows, lines or files name the person.
    package let count: Int
    /// What is done, as a sentence.
    package let action: String
    /// Where exactly.
    package let details: [String]

    init(_ kind: Kind, _ name: String, _ count: Int, _ action: String, details: [String] = []) {
        self.kind = kind
        self.name = name
        self.count = count
        self.action = action
        self.details = details
    }

    /// The fields of `neo forget --json`.
    package var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "place": .string(name), "count": .integer(count), "action": .string(action),
            "details": .array(details.map { .string($0) }),
        ]
    }
}
