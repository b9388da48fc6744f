#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The ways in which attackers write a text so that filters do not know it.
enum Disguise: String, CaseIterable {
    case base64, hex, rot13, reversed, zerowidth, bidi, tags, selectors, homoglyph, wide, firsthalf, secondhalf

    /// The text in disguise.
    func apply(to text: String) -> String {
        switch self {
        case .base64: Data(text.utf8).base64EncodedString()
        case .hex: text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        case .rot13: Self.mapped(text) { Self.rotated($0) }
        case .reversed: String(text.reversed())
        case .zerowidth: text.map { "\($0)\u{200B}" }.joined()
        case .bidi: "\u{202E}" + String(text.reversed()) + "\u{202C}"
        case .tags: Self.mapped(text) { (0x20..<0x7F).contains($0) ? 0xE0000 + $0 : 0xE0020 }
        case .selectors: Self.mapped(text) { 0xE0100 + min($0, 0xEF) }
        case .homoglyph: String(text.map { Self.twins[$0] ?? $0 })
        case .wide: Self.mapped(text) { (0x21..<0x7F).contains($0) ? $0 + 0xFEE0 : $0 }
        case .firsthalf: String(text.prefix(text.count / 2))
        case .secondhalf: String(text.dropFirst(text.count / 2))
        }
    }

    private static func mapped(_ text: String, _ change: (UInt32) -> UInt32) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar(change($0.value)) ?? $0 }))
    }

    private static func rotated(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x41...0x5A: (value - 0x41 + 13) % 26 + 0x41
        case 0x61...0x7A: (value - 0x61 + 13) % 26 + 0x61
        default: value
        }
    }

    /// Letters of the Cyrillic and Greek alphabets that look like Latin ones.
    private static let twins: [Character: Character] = [
        "a": "а", "c": "с", "e": "е", "i": "і", "o": "о", "p": "р", "s": "ѕ", "x": "х", "y": "у", "A": "А", "B": "В",
        "E": "Е", "H": "Н", "I": "І", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т", "X": "Х", "v": "ν",
    ]
}
