/// Walks over a JSON text of a form that is known, without making a value of it: for lines that come by the million.
///
/// It knows less than ``JSONParser``, on purpose: what it does not take, is for the parser to read or to refuse.
package struct JSONCursor {
    private var parser: JSONParser

    /// Begins at the start of a text, which must stay where it is.
    package init(_ bytes: UnsafeRawBufferPointer) {
        parser = JSONParser(bytes: bytes.bindMemory(to: UInt8.self), maximumDepth: 0)
    }

    /// Passes over a mark, and space before it; false where something else stands there.
    package mutating func takes(_ mark: Unicode.Scalar) -> Bool {
        parser.skipSpace()
        guard parser.position < parser.bytes.count, parser.current == UInt8(ascii: mark) else { return false }
        parser.position += 1
        return true
    }

    /// The bytes of a string in which nothing is escaped; nil where there is none. They may not be UTF-8.
    package mutating func plainString() -> UnsafeRawBufferPointer? {
        guard takes("\"") else { return nil }
        let start = parser.position
        while parser.position < parser.bytes.count {
            switch parser.bytes[parser.position] {
            case UInt8(ascii: "\""):
                parser.position += 1
                return UnsafeRawBufferPointer(
                    UnsafeBufferPointer(rebasing: parser.bytes[start..<parser.position - 1]))
            case UInt8(ascii: "\\"), 0..<0x20: return nil
            default: parser.position += 1
            }
        }
        return nil
    }

    /// A number; nil where there is none.
    package mutating func number() -> Double? {
        parser.skipSpace()
        return try? parser.number().number
    }

    /// Whether nothing but space is left.
    package mutating func isAtEnd() -> Bool {
        parser.skipSpace()
        return parser.position == parser.bytes.count
    }
}
