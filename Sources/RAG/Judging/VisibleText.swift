/// A text as a person sees it, harmless to those who read it by machine.
///
/// Characters that nobody sees, but a model reads, are dropped: Unicode's tags, variation selectors of the supplement,
/// marks of direction, control characters. What models' templates put between speakers, such as `<|im_end|>`, is broken
/// with a space, because a server reads it in the midst of a text, too.
enum VisibleText {
    /// How the signs begin that models' templates put between speakers.
    private static let signs = [
        "<|", "<｜", "<s>", "</s>", "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>",
    ]

    static func of(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { !isHidden($0) }
        var result = String(String.UnicodeScalarView(scalars))
        for sign in signs where result.contains(sign) {
            result = result.replacing(sign, with: "\(sign.prefix(1)) \(sign.dropFirst())")
        }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F: true
        // Joiners stay: some scripts are not readable without.
        case 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE0FFF: true
        default: false
        }
    }
}
