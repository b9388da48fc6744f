internal import Retrieval

/// Finds the sentences of passages that can be quoted.
package enum PassageSentences {
    /// Where the sentences of a text stand that can be quoted, in order, as UTF-8 offsets.
    package static func ranges(in text: String) -> [Range<Int>] {
        sentences(of: text, passage: 0).map(\.range)
    }

    /// The sentences of all passages, in order, each text once.
    static func all(of passages: [RetrievedPassage]) -> [Sentence] {
        var seen: Set<String> = []
        return passages.enumerated().flatMap { position, passage in
            sentences(of: passage.text, passage: position).filter { seen.insert($0.text).inserted }
        }
    }

    private static func sentences(of text: String, passage: Int) -> [Sentence] {
        let bytes = Array(text.utf8)
        return MarkdownProse.paragraphs(of: text).flatMap { paragraph in
            let lower = text.utf8.distance(from: text.startIndex, to: paragraph.startIndex)
            let whole = lower..<lower + paragraph.utf8.count
            let ranges = rows(bytes, whole) ?? SentenceSplitter.ranges(in: bytes, within: whole)
            let texts = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
            return ranges.indices.filter { isQuotable(texts[$0]) }.map { index in
                Sentence(
                    text: texts[index], passage: passage, range: ranges[index],
                    before: index > 0 ? ranges[index - 1] : nil,
                    after: index + 1 < ranges.count ? ranges[index + 1] : nil
                )
            }
        }
    }

    /// The rows of a table that is too long to be quoted as a whole; a short one says more with its head.
    private static func rows(_ bytes: [UInt8], _ paragraph: Range<Int>) -> [Range<Int>]? {
        guard paragraph.count > longest else { return nil }
        let rows = bytes[paragraph].split(separator: UInt8(ascii: "\n"))
        let bar = Array(" | ".utf8)
        guard rows.count > 1, rows.allSatisfy({ $0.firstRange(of: bar) != nil }) else { return nil }
        return rows.map(\.indices)
    }

    /// What is quoted has at most so many bytes.
    private static let longest = 800

    /// Whether a sentence can stand in an answer: neither too short nor too long, and words rather than signs.
    static func isQuotable(_ sentence: String) -> Bool {
        guard (12...longest).contains(sentence.utf8.count) else { return false }
        if sentence.unicodeScalars.contains(where: \.properties.isIdeographic) { return true }
        let words = sentence.split(whereSeparator: \.isWhitespace).count { $0.contains(where: \.isLetter) }
        return words >= 3 && !isCode(sentence)
    }

    /// Whether it is program text that no fence marks, because its passage begins behind the fence.
    ///
    /// Outside backticks and the addresses of links one sign in six or more is one of those that programs consist of; or
    /// it begins with a keyword, and no mark ends it.
    private static func isCode(_ sentence: String) -> Bool {
        if sentence.hasSuffix("{") || sentence.hasSuffix(";") || sentence.hasPrefix("//") { return true }
        let first = sentence.prefix { !$0.isWhitespace }
        if keywords.contains(first), sentence.last.map({ !".!?:".contains($0) }) ?? true {
            return true
        }
        var signs = 0
        var others = 0
        var isCode = false
        var isAddress = false
        var previous: UInt8 = 0
        for byte in sentence.utf8 {
            if byte == UInt8(ascii: "`") { isCode.toggle() }
            if byte == UInt8(ascii: "("), previous == UInt8(ascii: "]") { isAddress = true }
            previous = byte
            if !isCode, !isAddress, byte > 0x20 {
                if signsOfCode.contains(byte) { signs += 1 } else { others += 1 }
            }
            if byte == UInt8(ascii: ")") { isAddress = false }
        }
        return signs * 6 > others
    }

    private static let signsOfCode = Set("{}();=<>|\\$".utf8)
    private static let keywords: Set<Substring> = [
        "case", "enum", "extension", "func", "guard", "import", "let", "private", "public", "return", "struct",
        "switch",
        "try", "var",
    ]
}
