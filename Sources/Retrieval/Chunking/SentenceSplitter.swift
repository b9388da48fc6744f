/// Cuts prose into sentences.
///
/// A sentence ends at a full stop, an ellipsis, an exclamation or question mark, with the quotes and brackets that
/// close behind it, if a space follows and then no lower-case letter; at the CJK marks without a space; and at a blank
/// line. No mark between backticks ends one, nor does the full stop of an abbreviation (`SentenceAbbreviations`), an
/// initial, or a number that counts (`1.`).
package struct SentenceSplitter {
    private let bytes: [UInt8]
    private let limit: Int
    /// Where the sentence begins that is being read.
    private var start: Int
    private var sentences: [Range<Int>] = []

    /// The UTF-8 ranges of the sentences of a text, in order, without the space between them.
    package static func ranges(in text: String) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        return ranges(in: bytes, within: 0..<bytes.count)
    }

    /// The same for a part of a text.
    package static func ranges(in bytes: [UInt8], within range: Range<Int>) -> [Range<Int>] {
        var splitter = SentenceSplitter(bytes: bytes, range: range)
        splitter.read()
        return splitter.sentences
    }

    private init(bytes: [UInt8], range: Range<Int>) {
        self.bytes = bytes
        limit = range.upperBound
        start = range.lowerBound
    }

    private mutating func read() {
        start = skipSpace(from: start)
        var position = start
        while position < limit {
            if bytes[position] == UInt8(ascii: "`") {
                position = endOfCode(at: position)
            } else if let end = endOfSentence(at: position) {
                if end > start { sentences.append(start..<end) }
                start = skipSpace(from: end)
                position = start
            } else {
                position += 1
            }
        }
        var end = limit
        while end > start, bytes[end - 1].isASCIISpace { end -= 1 }
        if end > start { sentences.append(start..<end) }
    }

    /// Where a code span ends that begins at a backtick; behind its backticks where it is never closed, as those are
    /// ordinary characters then.
    private func endOfCode(at opening: Int) -> Int {
        let content = skip(UInt8(ascii: "`"), from: opening)
        var position = content
        while position < limit {
            if bytes[position] == UInt8(ascii: "`") {
                let end = skip(UInt8(ascii: "`"), from: position)
                if end - position == content - opening { return end }
                position = end
            } else if bytes[position] == UInt8(ascii: "\n"), isBlankLine(from: position + 1) {
                return content
            } else {
                position += 1
            }
        }
        return content
    }

    /// Where a sentence ends whose last mark begins at `position`, if one does.
    private func endOfSentence(at position: Int) -> Int? {
        switch bytes[position] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            return endOfWesternSentence(at: position, width: 1)
        case 0xE2 where matches([0xE2, 0x80, 0xA6], at: position):
            return endOfWesternSentence(at: position, width: 3)
        case UInt8(ascii: "\n"): return isBlankLine(from: position + 1) ? position : nil
        case 0xE3, 0xEF:
            guard Self.unspacedMarks.contains(where: { matches($0, at: position) }) else { return nil }
            return skipClosers(from: position + 3)
        default: return nil
        }
    }

    private func endOfWesternSentence(at position: Int, width: Int) -> Int? {
        let end = skipClosers(from: position + width)
        guard end < limit else { return end }
        guard bytes[end].isASCIISpace else { return nil }
        let next = skipSpace(from: end)
        guard next < limit else { return end }
        if isLowercase(at: next) { return nil }
        guard bytes[position] == UInt8(ascii: ".") else { return end }
        // What counts an item is no sentence.
        if bytes[start..<position].allSatisfy(\.isASCIIDigit), position - start <= 3 { return nil }
        let word = bytes[start..<position].suffix { !$0.isASCIISpace && $0 != UInt8(ascii: "(") }
        return SentenceAbbreviations.mayEnd(word, before: bytes[next..<limit]) ? end : nil
    }

    /// Whether a lower-case letter of any script stands there.
    private func isLowercase(at position: Int) -> Bool {
        if bytes[position] < 0x80 { return (0x61...0x7A).contains(bytes[position]) }
        let text = String(decoding: bytes[position..<min(position + 4, limit)], as: UTF8.self)
        return text.unicodeScalars.first?.properties.isLowercase ?? false
    }

    private static let unspacedMarks = "。！？｡．".map { Array(String($0).utf8) }
    private static let closers = ")]}\"'*_.!?’”»」』）".map { Array(String($0).utf8) }

    private func skipClosers(from start: Int) -> Int {
        var position = start
        while let closer = Self.closers.first(where: { matches($0, at: position) }) { position += closer.count }
        return position
    }

    private func matches(_ pattern: [UInt8], at position: Int) -> Bool {
        position + pattern.count <= limit && bytes[position..<position + pattern.count].elementsEqual(pattern)
    }

    private func skip(_ byte: UInt8, from start: Int) -> Int {
        var position = start
        while position < limit, bytes[position] == byte { position += 1 }
        return position
    }

    private func skipSpace(from start: Int) -> Int {
        var position = start
        while position < limit, bytes[position].isASCIISpace { position += 1 }
        return position
    }

    private func isBlankLine(from start: Int) -> Bool {
        for position in start..<max(start, limit) {
            if bytes[position] == UInt8(ascii: "\n") { return true }
            if !bytes[position].isASCIISpace { return false }
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    /// The longest end of the slice all of whose bytes fulfil a condition.
    fileprivate func suffix(where holds: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, holds(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
