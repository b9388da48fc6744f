/// The place where a text stops being JSON.
package struct JSONFault: Error, Hashable, CustomStringConvertible {
    /// UTF-8 offset into the text.
    package var offset: Int
    /// What would have been right there.
    package var expected: String

    /// A fault.
    package init(offset: Int, expected: String) {
        self.offset = offset
        self.expected = expected
    }

    package var description: String { "no JSON: at byte \(offset), \(expected) was expected" }
}

/// Reads one JSON text, from its bytes, into a value.
///
/// Source: RFC 8259, read strictly: unlike Foundation's `JSONDecoder`, no comma may stand behind the last element, and no
/// zero byte behind the text. What the standard leaves open is decided as the decoder does: 512 levels at most, the first of
/// two equal keys counts, a number beyond all measure is a fault, and `1.0` and `1e3` are whole numbers. Through the decoder,
/// a `JSONValue` costs many times as much, as each value is tried as one type after the other.
struct JSONParser {
    /// Who nests deeper means harm: each level costs stack.
    static let usualDepth = 512

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private var depth = 0
    private let maximumDepth: Int

    /// The value that a whole text stands for.
    static func value(
        of bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int = usualDepth
    ) throws(JSONFault) -> JSONValue {
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        // A mark of the byte order says nothing in UTF-8, and may be passed over.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.fault("the end of the text") }
        return value
    }

    init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    /// The byte at the position; 0, which is nowhere right outside of strings, behind the end.
    var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    func fault(_ expected: String) -> JSONFault { JSONFault(offset: position, expected: expected) }

    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        skipSpace()
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let length = word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: length)
        guard bytes.count - position >= length, bytes[position..<position + length].elementsEqual(expected) else {
            throw fault("`\(word)`")
        }
        position += length
        return value
    }

    private mutating func enter() throws(JSONFault) {
        depth += 1
        guard depth <= maximumDepth else { throw fault("no more than \(maximumDepth) levels") }
        position += 1
        skipSpace()
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            leave()
            return .array(elements)
        }
        while true {
            elements.append(try value())
            skipSpace()
            switch current {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                leave()
                return .array(elements)
            default: throw fault("`,` or `]`")
            }
        }
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        try enter()
        var members: [String: JSONValue] = [:]
        if current == UInt8(ascii: "}") {
            leave()
            return .object(members)
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault("a key in quotes") }
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw fault("`:`") }
            position += 1
            let value = try value()
            if let first = members.updateValue(value, forKey: key) { members[key] = first }
            skipSpace()
            switch current {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                leave()
                return .object(members)
            default: throw fault("`,` or `}`")
            }
        }
    }
}
