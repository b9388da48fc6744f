extension JSONValue {
    /// One line with sorted keys and the shortest digits that read back as the same number: equal values
    /// have equal texts, so content hashes are made from it.
    ///
    /// NaN and infinities, which JSON lacks, are written as the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
    public var canonicalText: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// The same with two spaces of indentation a level, for people.
    public var prettyText: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += Self.digits(of: value)
        case .string(let value): Self.quote(value, into: &text)
        case .array(let elements):
            Self.writeList(elements, open: "[", close: "]", to: &text, indent: indent) { element, text, indent in
                element.write(to: &text, indent: indent)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            Self.writeList(sorted, open: "{", close: "}", to: &text, indent: indent) { member, text, indent in
                Self.quote(member.key, into: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(to: &text, indent: indent)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element],
        open: String,
        close: String,
        to text: inout String,
        indent: Int?,
        write: (Element, inout String, Int?) -> Void
    ) {
        text += open
        for (position, element) in elements.enumerated() {
            if position > 0 { text += "," }
            if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
            write(element, &text, indent.map { $0 + 1 })
        }
        if let indent, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
        text += close
    }

    /// A number as it stands in the canonical text.
    package static func digits(of value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return String(value)
    }

    /// Appends a text as it stands in the canonical text.
    ///
    /// Copies stretches that need no escape whole: an answer of the server is mostly such text.
    package static func quote(_ string: String, into text: inout String) {
        text += "\""
        let bytes = string.utf8
        var copied = bytes.startIndex
        var next = copied
        while next < bytes.endIndex {
            let byte = bytes[next]
            let after = bytes.index(after: next)
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                text += string[copied..<next]
                text += escape(byte)
                copied = after
            }
            next = after
        }
        text += string[copied...]
        text += "\""
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case UInt8(ascii: "\n"): return "\\n"
        case UInt8(ascii: "\r"): return "\\r"
        case UInt8(ascii: "\t"): return "\\t"
        default:
            let hex = String(byte, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
    }
}
