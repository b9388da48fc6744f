/// Cuts prose into sentences.
///
/// A sentence ends at a full stop, an exclamation or question mark, with the quotes and brackets that close behind it,
/// if a space follows and then no lower-case letter; at the CJK marks without a space; and at a blank line.
/// Initials and the commonest abbreviations do not end one.
enum SentenceSplitter {
    /// The UTF-8 ranges of the sentences of a text, in order, without the space between them.
    static func ranges(in text: String) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        return ranges(in: bytes, within: 0..<bytes.count)
    }

    /// The same for a part of a text.
    static func ranges(in bytes: [UInt8], within range: Range<Int>) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = skipSpace(bytes, from: range.lowerBound, to: range.upperBound)
        var position = start
        while position < range.upperBound {
            guard let end = endOfSentence(bytes, at: position, to: range.upperBound) else {
                position += 1
                continue
            }
            if end > start { sentences.append(start..<end) }
            start = skipSpace(bytes, from: end, to: range.upperBound)
            position = start
        }
        var end = range.upperBound
        while end > start, bytes[end - 1].isASCIISpace { end -= 1 }
        if end > start { sentences.append(start..<end) }
        return sentences
    }

    /// Where a sentence ends whose last mark begins at `position`, if one does.
    private static func endOfSentence(_ bytes: [UInt8], at position: Int, to limit: Int) -> Int? {
        switch bytes[position] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            let end = skipClosers(bytes, from: position + 1, to: limit)
            guard end < limit else { return end }
            guard bytes[end].isASCIISpace else { return nil }
            let next = skipSpace(bytes, from: end, to: limit)
            if next < limit, (0x61...0x7A).contains(bytes[next]) { return nil }
            return bytes[position] == UInt8(ascii: ".") && isAbbreviation(bytes, before: position) ? nil : end
        case UInt8(ascii: "\n"):
            return isBlankLine(bytes, from: position + 1, to: limit) ? position : nil
        case 0xE3 where matches(bytes, [0xE3, 0x80, 0x82], at: position, to: limit),
            0xEF
        where matches(bytes, [0xEF, 0xBC, 0x81], at: position, to: limit)
            || matches(bytes, [0xEF, 0xBC, 0x9F], at: position, to: limit):
            return skipClosers(bytes, from: position + 3, to: limit)
        default: return nil
        }
    }

    private static let closers: [[UInt8]] =
        ")]}\"'*_`.!?’”»」』".map { Array(String($0).utf8) }

    private static func skipClosers(_ bytes: [UInt8], from start: Int, to limit: Int) -> Int {
        var position = start
        while let closer = closers.first(where: { matches(bytes, $0, at: position, to: limit) }) {
            position += closer.count
        }
        return position
    }

    private static func matches(_ bytes: [UInt8], _ pattern: [UInt8], at position: Int, to limit: Int) -> Bool {
        position + pattern.count <= limit && bytes[position..<position + pattern.count].elementsEqual(pattern)
    }

    private static func skipSpace(_ bytes: [UInt8], from start: Int, to limit: Int) -> Int {
        var position = start
        while position < limit, bytes[position].isASCIISpace { position += 1 }
        return position
    }

    private static func isBlankLine(_ bytes: [UInt8], from start: Int, to limit: Int) -> Bool {
        for position in start..<max(start, limit) {
            if bytes[position] == UInt8(ascii: "\n") { return true }
            if !bytes[position].isASCIISpace { return false }
        }
        return false
    }

    private static let abbreviations: Set<String> = [
        "al", "approx", "cf", "dr", "e.g", "eq", "fig", "i.e", "jr", "mr", "mrs", "ms", "p", "pp", "prof",
        "ref", "refs", "sec", "sr", "st", "viz", "vol", "vs",
    ]

    /// Whether the word before a full stop is one that is written with it: `e.g.`, `Fig.`, the `J.` of a name.
    private static func isAbbreviation(_ bytes: [UInt8], before position: Int) -> Bool {
        var start = position
        while start > 0, position - start < 8,
            bytes[start - 1] == UInt8(ascii: ".") || (0x41...0x5A).contains(bytes[start - 1] & 0xDF)
        {
            start -= 1
        }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        if word.utf8.count == 1, (0x41...0x5A).contains(bytes[start]) { return word != "I" }
        return abbreviations.contains(word.lowercased())
    }
}
