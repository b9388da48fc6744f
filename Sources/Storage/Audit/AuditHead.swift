internal import Base

/// The end of a chain of rows: how many there are, and the hash of the last.
package struct AuditHead: Sendable, Hashable {
    /// How many rows there are.
    package let number: Int
    /// The hash of the last one, in 64 hexadecimal digits.
    package let hash: String

    /// The end of a chain without rows.
    package static let beginning = AuditHead(number: 0, hash: String(repeating: "0", count: 64))

    /// An end.
    package init(number: Int, hash: String) {
        self.number = number
        self.hash = hash
    }

    /// Reads `12:<hash>`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int(parts[0]), number >= 0, let hash = ContentHash(hex: String(parts[1]))
        else { return nil }
        self.init(number: number, hash: hash.hex)
    }

    /// `12:<hash>`.
    package var text: String { "\(number):\(hash)" }

    /// The end after one more row of this text.
    package func next(_ body: String) -> AuditHead {
        AuditHead(number: number + 1, hash: ContentHash(of: "\(hash)\n\(body)").hex)
    }
}

/// A row of an audit log as it stands there.
package struct AuditRow: Sendable, Hashable {
    /// Its place, from 1.
    package let number: Int
    /// Its text, canonical JSON.
    package let body: String
    /// Its hash.
    package let hash: String
}
