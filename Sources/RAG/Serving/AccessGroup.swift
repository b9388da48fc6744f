/// A group of people who may see the same documents.
package struct AccessGroup: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Everybody who may ask at all.
    package static let everyone = AccessGroup(known: "everyone")

    /// Its name.
    package let name: String

    private init(known name: String) { self.name = name }

    /// A group by its name; nil where that is none: 1 to 64 lower-case letters, digits, `-`, `_` and `.`, a letter or digit
    /// first.
    package init?(_ name: String) {
        let scalars = name.unicodeScalars
        let isPlain = { (scalar: Unicode.Scalar) in ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) }
        guard (1...64).contains(scalars.count), let first = scalars.first, isPlain(first),
            scalars.allSatisfy({ isPlain($0) || "-_.".unicodeScalars.contains($0) })
        else { return nil }
        self.name = name
    }

    /// Reads a plain string.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let group = AccessGroup(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no name of a group")
        }
        self = group
    }

    /// Writes a plain string.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    /// Its name.
    package var description: String { name }

    /// The order of the names.
    package static func < (left: AccessGroup, right: AccessGroup) -> Bool { left.name < right.name }
}
