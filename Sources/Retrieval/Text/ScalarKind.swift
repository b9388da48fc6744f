/// What a Unicode scalar does in a text that is cut into words.
enum ScalarKind: UInt8 {
    case space
    /// Letters, digits and the marks on them.
    case word
    /// Chinese characters, Japanese syllables and Korean ones: written without spaces, or with endings that stick to
    /// the word.
    case ideograph
    /// Everything else that is visible.
    case other

    /// Reads the scalar at a position of valid UTF-8, and how many bytes it takes.
    @inline(__always)
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (kind: ScalarKind, width: Int) {
        let first = bytes[position]
        if first < 0x80 { return (ascii(first), 1) }
        return beyondASCII(bytes, at: position)
    }

    private static func ascii(_ byte: UInt8) -> ScalarKind {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: .word
        case 0...0x20, 0x7F: .space
        default: .other
        }
    }

    private static func beyondASCII(
        _ bytes: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (kind: ScalarKind, width: Int) {
        let first = bytes[position]
        let width = min(first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, bytes.count - position)
        var value = UInt32(first) & (0xFF >> UInt32(width + 1))
        for offset in 1..<max(width, 1) { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
        guard let scalar = Unicode.Scalar(value) else { return (.other, width) }
        return (of(scalar), width)
    }

    /// The kind of a scalar outside ASCII.
    private static func of(_ scalar: Unicode.Scalar) -> ScalarKind {
        switch scalar.value {
        case 0xC0...0x24F where scalar.value != 0xD7 && scalar.value != 0xF7: return .word  // Latin, the common case
        case 0x3005: return .ideograph  // 々, which repeats the character before it
        case 0x3041...0x30FF where scalar.value != 0x30FB: return .ideograph  // Hiragana, Katakana
        case 0x31F0...0x31FF, 0xFF66...0xFF9F: return .ideograph  // Katakana, small and of half width
        case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3131...0x318E: return .ideograph  // Hangul
        default: break
        }
        if scalar.properties.isIdeographic { return .ideograph }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return .word
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format: return .space
        default: return .other
        }
    }
}
