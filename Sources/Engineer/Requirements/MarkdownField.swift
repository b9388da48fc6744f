/// A text of anybody as a part of one line of Markdown, which shows as that text and is nothing else.
///
/// Characters of Markdown and HTML get a backslash; those that nobody sees, and ends of lines, are written as `&#10;`.
enum MarkdownField {
    static func encoded(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var encoded = String.UnicodeScalarView()
        // A number at the beginning would make a list.
        let digits = scalars.prefix { ("0"..."9").contains($0) }.count
        for (position, scalar) in scalars.enumerated() {
            let isEnd = position == 0 || position == scalars.count - 1
            if isInvisible(scalar) || (scalar == " " && isEnd) {
                encoded.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
                continue
            }
            let isListNumber = digits > 0 && position == digits && (scalar == "." || scalar == ")")
            if always.contains(scalar) || (isEnd && atEnds.contains(scalar)) || isListNumber
                || (scalar == "_" && !isInsideWord(scalars, position))
            {
                encoded.append("\\")
            }
            encoded.append(scalar)
        }
        return String(encoded)
    }

    /// The text of a line, without the blanks around it.
    static func decoded(_ line: some StringProtocol) -> String {
        var scalars = Array(trimmed(line).unicodeScalars)[...]
        var decoded = String.UnicodeScalarView()
        while let scalar = scalars.popFirst() {
            if scalar == "\\", let next = scalars.first, isPunctuation(next) {
                decoded.append(scalars.removeFirst())
            } else if scalar == "&", let (number, length) = reference(scalars) {
                decoded.append(number)
                scalars.removeFirst(length)
            } else {
                decoded.append(scalar)
            }
        }
        return String(decoded)
    }

    /// The line as it is written, without the blanks around it.
    static func trimmed(_ line: some StringProtocol) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var bytes = Array(line.utf8)[...]
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes.drop(while: isBlank), as: UTF8.self)
    }

    /// Whether nobody sees it, so that a text could say something else than it shows. Joiners are part of scripts and
    /// emoji.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }

    private static let always: Set<Unicode.Scalar> = ["\\", "`", "*", "<", "[", "]", "&", "~", "|"]
    private static let atEnds: Set<Unicode.Scalar> = ["#", "+", "-", ">", "="]

    private static func isInsideWord(_ scalars: [Unicode.Scalar], _ position: Int) -> Bool {
        position > 0 && position < scalars.count - 1 && scalars[position - 1].properties.isAlphabetic
            && (scalars[position + 1].properties.isAlphabetic || ("0"..."9").contains(scalars[position + 1]))
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// `#10;` after an ampersand.
    private static func reference(_ scalars: ArraySlice<Unicode.Scalar>) -> (Unicode.Scalar, Int)? {
        guard scalars.first == "#" else { return nil }
        let digits = scalars.dropFirst().prefix(8).prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty, scalars.dropFirst(1 + digits.count).first == ";",
            let value = UInt32(String(String.UnicodeScalarView(digits))), let scalar = Unicode.Scalar(value)
        else { return nil }
        return (scalar, digits.count + 2)
    }
}
