/// Signs in a text that nobody sees, and that programs and models read all the same: letters without width, tags (U+E0000),
/// marks that turn the direction, controls of terminals, selectors of variants in rows.
///
/// What scripts and emoji need stays: a joiner between letters that are joined by it, one selector behind a sign that has
/// variants.
package enum HiddenSigns {
    /// The text without them.
    package static func removed(from text: String) -> String {
        guard isIn(text) else { return text }
        var kept = String.UnicodeScalarView()
        each(of: text) { scalar, isHidden in if !isHidden { kept.append(scalar) } }
        return String(kept)
    }

    /// Whether there are any.
    package static func isIn(_ text: String) -> Bool {
        // Nearly all texts have none, and those of ASCII cannot but for controls.
        guard text.utf8.contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }) else { return false }
        var found = false
        each(of: text) { _, isHidden in if isHidden { found = true } }
        return found
    }

    private static func each(of text: String, _ body: (_ scalar: Unicode.Scalar, _ isHidden: Bool) -> Void) {
        let scalars = Array(text.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            let before = place > 0 ? scalars[place - 1].value : nil
            let after = place + 1 < scalars.count ? scalars[place + 1].value : nil
            body(scalar, isHidden(scalar.value, before: before, after: after))
        }
    }

    private static func isHidden(_ value: UInt32, before: UInt32?, after: UInt32?) -> Bool {
        switch value {
        case 0x09, 0x0A: false
        // Alone it takes the beginning of a terminal's line back.
        case 0x0D: after != 0x0A
        case 0..<0x20, 0x7F...0x9F: true
        case 0xAD, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B, 0x200E, 0x200F: true
        case 0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0x1D173...0x1D17A: true
        case 0xE0000...0xE0FFF: true
        // Joiners: of letters behind the Latin, Greek and Cyrillic ones, and of emoji.
        case 0x200C, 0x200D: !(isJoined(before) && isJoined(after))
        case 0xFE00...0xFE0F: !hasVariants(before)
        default: false
        }
    }

    private static func isJoined(_ neighbour: UInt32?) -> Bool {
        guard let neighbour else { return false }
        return (0x590...0x1FFF).contains(neighbour) || (0x2190...0xDFFF).contains(neighbour)
            || neighbour == 0xFE0F || (0x1F000...0x1FAFF).contains(neighbour)
    }

    private static func hasVariants(_ neighbour: UInt32?) -> Bool {
        guard let neighbour, !(0xFE00...0xFE0F).contains(neighbour) else { return false }
        return neighbour >= 0x2000 || [0x23, 0x2A, 0xA9, 0xAE].contains(neighbour) || (0x30...0x39).contains(neighbour)
    }
}
