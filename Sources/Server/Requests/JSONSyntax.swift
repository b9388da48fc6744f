/// Finds the place where a text stops being JSON, which the decoder does not tell.
///
/// It follows the grammar of RFC 8259 and keeps nothing of what it reads.
struct JSONSyntax {
    /// A place that is wrong.
    struct Fault: Error, Hashable {
        /// UTF-8 offset into the text.
        var offset: Int
        /// What would have been right there.
        var expected: String
    }

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private let maximumDepth: Int
    /// No request of our own needs more than three; decoding a value takes a time that grows with the square of its depth.
    static let usualDepth = 4

    /// The first fault of a text, or nil where it is one JSON value.
    static func fault(in bytes: [UInt8], maximumDepth: Int = usualDepth) -> Fault? {
        var syntax = JSONSyntax(bytes: bytes, maximumDepth: maximumDepth)
        do throws(Fault) {
            try syntax.value()
            syntax.skipSpace()
            if syntax.position < bytes.count { throw syntax.fault("the end of the text") }
            return nil
        } catch {
            return error
        }
    }

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ expected: String) -> Fault { Fault(offset: position, expected: expected) }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(Fault) {
        depth += 1
        guard depth <= maximumDepth else { throw fault("at most \(maximumDepth) levels of nesting") }
        defer { depth -= 1 }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
    }

    private mutating func object() throws(Fault) {
        position += 1
        skipSpace()
        if take("}") { return }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault("a member's name in double quotes") }
            try string()
            skipSpace()
            guard take(":") else { throw fault("a colon") }
            try value()
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("a comma or }") }
    }

    private mutating func array() throws(Fault) {
        position += 1
        skipSpace()
        if take("]") { return }
        repeat {
            try value()
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("a comma or ]") }
    }

    private mutating func string() throws(Fault) {
        position += 1
        while let byte = current {
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            if byte < 0x20 {
                position -= 1
                throw fault("an escape such as \\n instead of a control character")
            }
            if byte == UInt8(ascii: "\\") { try escape() }
        }
        throw fault("the closing double quote of a string")
    }

    private mutating func escape() throws(Fault) {
        guard let byte = current else { throw fault("the rest of an escape") }
        if byte == UInt8(ascii: "u") {
            position += 1
            for _ in 0..<4 {
                guard let digit = current, Character(Unicode.Scalar(digit)).isHexDigit else {
                    throw fault("four hexadecimal digits")
                }
                position += 1
            }
        } else {
            guard Array("\"\\/bfnrt".utf8).contains(byte) else { throw fault("an escape that JSON knows") }
            position += 1
        }
    }

    private mutating func word(_ word: String) throws(Fault) {
        guard bytes[position...].starts(with: word.utf8) else { throw fault(word) }
        position += word.utf8.count
    }

    private mutating func number() throws(Fault) {
        let start = position
        _ = take("-")
        if !take("0") { try digits(orElse: start) }
        if take(".") { try digits(orElse: position) }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits(orElse: position)
        }
    }

    private mutating func digits(orElse start: Int) throws(Fault) {
        let first = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        guard position > first else { throw Fault(offset: start, expected: first == start ? "a value" : "a digit") }
    }
}
