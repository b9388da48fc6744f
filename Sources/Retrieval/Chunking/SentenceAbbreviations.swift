/// Words that are written with a full stop, which then need not end the sentence.
enum SentenceAbbreviations {
    /// Something always follows these.
    private static let open: Set<String> = [
        "approx", "cf", "dr", "e.g", "eg", "i.e", "ie", "incl", "mr", "mrs", "ms", "prof", "resp", "st", "v", "viz",
        "vs",
    ]
    /// A number follows these: `No. 5`, but `The answer is no.`
    private static let counting: Set<String> = [
        "art", "ch", "eq", "eqs", "fig", "figs", "no", "nos", "p", "pp", "ref", "refs", "sec", "vol",
    ]
    /// These may end a sentence, and do so where the next word often begins one.
    private static let closing: Set<String> = [
        "a.m", "al", "co", "corp", "etc", "inc", "jr", "ltd", "p.m", "sr",
    ]
    private static let beginnings: Set<String> = [
        "A", "After", "All", "Although", "An", "And", "As", "At", "Because", "Both", "But", "By", "For", "From", "He",
        "Her", "His", "How", "However", "I", "If", "In", "It", "Its", "Many", "Most", "No", "Not", "On", "One", "Or",
        "She", "Since", "So", "Some", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This",
        "Those", "Thus", "To", "Under", "Use", "We", "What", "When", "While", "With", "You",
    ]

    /// Whether a sentence may end at the full stop behind a word.
    ///
    /// - Parameters:
    ///   - word: all that stands before the full stop without a space.
    ///   - rest: what stands behind the space.
    static func mayEnd(_ word: ArraySlice<UInt8>, before rest: ArraySlice<UInt8>) -> Bool {
        let letters = word.drop { !$0.isASCIILetter }
        guard letters.count <= 8, letters.allSatisfy({ $0.isASCIILetter || $0 == UInt8(ascii: ".") }) else {
            return true
        }
        // The `J.` of a name; but `I` is a word.
        if letters.count == 1, let letter = letters.first, letter < 0x61 { return letter == UInt8(ascii: "I") }
        let name = String(decoding: letters, as: UTF8.self)
        let key = name.lowercased()
        if open.contains(key) { return false }
        if counting.contains(key) { return rest.first.map { !$0.isASCIIDigit } ?? true }
        guard closing.contains(key) || isAcronym(letters) else { return true }
        return beginnings.contains(String(decoding: rest.prefix { $0.isASCIILetter }, as: UTF8.self))
    }

    /// Whether it is `U.S` or `J.R.R`.
    private static func isAcronym(_ letters: ArraySlice<UInt8>) -> Bool {
        letters.count > 1
            && zip(letters.indices, letters).allSatisfy { position, byte in
                (position - letters.startIndex) % 2 == 0 ? (0x41...0x5A).contains(byte) : byte == UInt8(ascii: ".")
            }
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
}
