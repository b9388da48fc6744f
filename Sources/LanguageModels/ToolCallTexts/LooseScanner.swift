internal import Base

/// Reads values as models write them: JSON, Python's literals with their single quotes, `True`, `None` and trailing
/// commas, and objects in doubled braces.
///
/// What it reads was written by somebody else: nesting is bounded, and so is the work. Reading that begins again at many
/// places of one text ends when that has cost a few times the text's length.
struct LooseScanner {
    /// Deeper values are none.
    private static let maximumDepth = 64

    let bytes: [UInt8]
    /// Where it reads next.
    var position = 0
    private var work = 0

    /// A scanner at the beginning of a text.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value that a text is, with nothing but white space around it; nil where it is none.
    static func whole(_ text: String) -> JSONValue? {
        var scanner = LooseScanner(Array(text.utf8))
        scanner.skipSpace()
        guard let value = scanner.value() else { return nil }
        scanner.skipSpace()
        // Not in one expression: there, nil would be the JSON value null.
        guard scanner.next == nil else { return nil }
        return value
    }

    /// The byte that it reads next; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Whether it has looked at everything too often.
    var isExhausted: Bool { work > 8 * bytes.count + 1_000 }

    /// Whether the bytes from here on begin like this.
    func isAt(_ text: StaticString) -> Bool {
        guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { bytes[position..<position + $0.count].elementsEqual($0) }
    }

    /// Passes over a text where it stands here.
    mutating func skip(_ text: StaticString) -> Bool {
        guard isAt(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    /// Passes over white space.
    mutating func skipSpace() {
        let start = position
        while let byte = next, byte.isSpace { position += 1 }
        work += position - start
    }

    /// A name of at most 200 bytes; nil where none stands here.
    mutating func name() -> String? {
        let start = position
        while let byte = next, byte.isWordPart, position - start < 200 { position += 1 }
        work += position - start
        return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    /// What stands before the next `end`, which is passed over; nil where there is none so soon.
    mutating func text(before end: StaticString, longest: Int = .max) -> String? {
        let start = position
        defer { work += position - start }
        while next != nil, position - start <= longest, !isExhausted {
            let stop = position
            if skip(end) { return String(decoding: bytes[start..<stop], as: UTF8.self) }
            position += 1
        }
        return nil
    }

    /// A value; nil where there is none, and then it stands anywhere.
    mutating func value() -> JSONValue? { value(depth: 0) }

    private mutating func value(depth: Int) -> JSONValue? {
        work += 1
        guard depth < Self.maximumDepth, !isExhausted else { return nil }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return string().map { .string($0) }
        default: return word()
        }
    }

    private mutating func object(depth: Int) -> JSONValue? {
        var members: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        // Small models double the braces, as templates of Python have them.
        if next == UInt8(ascii: "{") {
            guard let inner = value(depth: depth + 1) else { return nil }
            skipSpace()
            guard skip("}") else { return nil }
            return inner
        }
        while true {
            skipSpace()
            if next == UInt8(ascii: "}") { break }
            guard let key = string() else { return nil }
            skipSpace()
            guard skip(":"), let value = value(depth: depth + 1) else { return nil }
            members[key] = value
            skipSpace()
            if !skip(",") { break }
        }
        guard skip("}") else { return nil }
        return .object(members)
    }

    private mutating func array(depth: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        position += 1
        while true {
            skipSpace()
            if next == UInt8(ascii: "]") { break }
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
            skipSpace()
            if !skip(",") { break }
        }
        guard skip("]") else { return nil }
        return .array(elements)
    }

    /// A number, or one of the words of JSON and Python.
    private mutating func word() -> JSONValue? {
        let start = position
        while let byte = next, byte.isWordPart || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
            position += 1
        }
        work += position - start
        guard position > start, position - start <= 400 else { return nil }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "true", "True": return true
        case "false", "False": return false
        case "null", "None": return .null
        default: break
        }
        // Swift would also read `inf` and `0x1p3`.
        let digits = "0123456789+-.eE".utf8
        guard text.utf8.allSatisfy(digits.contains), let number = Double(text), number.isFinite else { return nil }
        return Int(text).map { .integer($0) } ?? .number(number)
    }

    /// The text between two quotes of either kind. Line breaks may stand in it: small models forget to escape them.
    mutating func string() -> String? {
        guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let start = position
        position += 1
        defer { work += position - start }
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case quote: return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): guard appendEscape(to: &text) else { return nil }
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func appendEscape(to text: inout [UInt8]) -> Bool {
        guard let byte = next else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): return appendUnicode(to: &text)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        // Python leaves escapes that it does not know as they are.
        default: text += [UInt8(ascii: "\\"), byte]
        }
        return true
    }

    /// `\u` with four digits, of which two together may name one character.
    private mutating func appendUnicode(to text: inout [UInt8]) -> Bool {
        guard var code = fourDigits() else { return false }
        if (0xD800..<0xDC00).contains(code), isAt("\\u") {
            let back = position
            position += 2
            if let low = fourDigits(), (0xDC00..<0xE000).contains(low) {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            } else {
                position = back
            }
        }
        text += Array(String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}").utf8)
        return true
    }

    private mutating func fourDigits() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        let digits = bytes[position..<position + 4]
        position += 4
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

extension UInt8 {
    /// JSON's white space.
    var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

    /// A letter, a digit, an underscore, a hyphen or a dot, as names of tools have them.
    var isWordPart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
