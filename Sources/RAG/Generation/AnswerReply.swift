internal import Base

/// What a model wrote, read as an answer. It is read as it comes: what may still turn out not to belong to the answer is
/// held back.
struct AnswerReply {
    private let template: PromptTemplate
    private var text = ""
    private var shown = 0

    init(_ template: PromptTemplate) { self.template = template }

    /// Takes more of the reply in; gives back what of it belongs to the answer for certain.
    mutating func add(_ more: String) -> String {
        text += more
        return advance(isEnd: false)
    }

    /// Gives back the rest of the answer.
    mutating func finish() -> String { advance(isEnd: true) }

    /// The answer, when the reply is complete.
    var answer: String { String(decoding: answerBytes(isEnd: true), as: UTF8.self) }

    /// Whether the reply says that the passages hold no answer.
    var isAbstention: Bool {
        let words = answer.uppercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty || words.prefix(2) == ["NO", "ANSWER"]
    }

    private mutating func advance(isEnd: Bool) -> String {
        let bytes = answerBytes(isEnd: isEnd)
        guard bytes.count > shown else { return "" }
        let new = String(decoding: bytes[bytes.startIndex + shown..<bytes.endIndex], as: UTF8.self)
        shown = bytes.count
        return new
    }

    private func answerBytes(isEnd: Bool) -> ArraySlice<UInt8> {
        let all = Array(text.utf8)
        var rest = all[...]
        if let heading = template.answerHeading {
            // Small models forget the heading: then all is the answer, but only in the end is that known.
            if let found = Self.end(of: heading, in: all) {
                rest = all[found...]
                // "**Answer:** …"
                while rest.first == UInt8(ascii: "*") { rest.removeFirst() }
            } else if !isEnd {
                return []
            }
        }
        if let end = template.endHeading, let found = Self.end(of: end, in: Array(rest)) {
            rest = rest[..<(rest.startIndex + found - end.utf8.count)]
        }
        while let first = rest.first, Self.isSpace(first) { rest.removeFirst() }
        // Space at the end may be the end; and a heading, or "NO ANSWER", may have begun.
        if !isEnd {
            let held = max((template.endHeading ?? "").utf8.count, AnswerPrompt.noAnswer.utf8.count) + 6
            guard rest.count > held else { return [] }
            if template.endHeading != nil { rest = rest.dropLast(held) }
        }
        while let last = rest.last, Self.isSpace(last) { rest.removeLast() }
        // A character is not cut in two.
        if !isEnd { while let last = rest.last, last >= 0x80 { rest.removeLast() } }
        return rest
    }

    /// Where the text behind a heading begins, the first one that stands at the beginning of a line.
    private static func end(of heading: String, in bytes: [UInt8]) -> Int? {
        let starts = ByteSearch(Array(heading.utf8)).starts(in: bytes, limit: 1) { start in
            bytes[..<start].reversed().prefix { $0 != UInt8(ascii: "\n") }.allSatisfy { " \t*#".utf8.contains($0) }
        }
        return starts.first.map { $0 + heading.utf8.count }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
