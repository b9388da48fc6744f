import Base

/// Documents of JSON in all forms that the grammar allows, the same for the same seed.
struct GeneratedJSON {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// A value with white space around it.
    mutating func value(depth: Int) -> String { space() + bareValue(depth: depth) + space() }

    private mutating func bareValue(depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return pick(["null", "true", "false"])
        case 1, 2: return number()
        case 3, 4, 5: return string()
        case 6:
            let elements = (0..<count()).map { _ in value(depth: depth - 1) }
            return elements.isEmpty ? "[" + space() + "]" : "[" + elements.joined(separator: ",") + "]"
        default:
            let members = (0..<count()).map { _ in space() + string() + space() + ":" + value(depth: depth - 1) }
            return members.isEmpty ? "{" + space() + "}" : "{" + members.joined(separator: ",") + "}"
        }
    }

    /// A number, of any size and length.
    mutating func number() -> String {
        var text = Bool.random(using: &random) ? "-" : ""
        let whole = digits(pick([1, 1, 2, 3, 8, 15, 17, 18, 19, 20, 25, 40]))
        text += whole.drop { $0 == "0" }.isEmpty ? "0" : whole.drop { $0 == "0" }
        if Bool.random(using: &random) { text += "." + digits(pick([1, 2, 3, 6, 16, 17, 18, 30])) }
        if Int.random(in: 0..<3, using: &random) == 0 {
            text += pick(["e", "E"]) + pick(["", "+", "-"]) + digits(pick([1, 1, 2, 3]))
        }
        return text
    }

    /// The bytes with up to three changes, mostly to what is no JSON any more.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard !bytes.isEmpty else { break }
            let place = Int.random(in: bytes.indices, using: &random)
            let other = pick(Array("{}[]:,\"\\0019.eE+-untf /\u{1}\n".utf8) + [0xFF, 0xC3, 0x80, 0xED])
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(other, at: place)
            case 2: bytes[place] = other
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    private mutating func string() -> String {
        var text = "\""
        for _ in 0..<Int.random(in: 0..<8, using: &random) {
            text += pick([
                "a", "key", "b", " ", "ä", "e\u{301}", "😀", "\u{7F}", "\u{2028}", "/", "\\\"", "\\\\", "\\/", "\\b",
                "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e4", "\\uD83D\\uDE00", "\\ufffe", "\\u2028",
            ])
        }
        return text + "\""
    }

    private mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &random))) })
    }

    private mutating func count() -> Int { Int.random(in: 0..<5, using: &random) }

    private mutating func space() -> String { pick(["", "", "", " ", "\n", "\t ", "\r\n"]) }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }
}
