internal import Retrieval

/// Finds the numbers of passages in an answer: `[2]`, `[1, 3]`, `[1][3]`.
package enum CitationMarks {
    /// A mark.
    package struct Mark: Hashable, Sendable {
        /// Where it stands, as UTF-8 offsets.
        package var range: Range<Int>
        /// The numbers in it.
        package var numbers: [Int]
    }

    /// All marks, in order. What else stands in square brackets is none, such as `[a]`, `[2024-01-01]` or a link's text.
    package static func all(in text: String) -> [Mark] {
        let bytes = Array(text.utf8)
        var marks: [Mark] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "["), let mark = mark(bytes, at: position) else {
                position += 1
                continue
            }
            marks.append(mark)
            position = mark.range.upperBound
        }
        return marks
    }

    private static func mark(_ bytes: [UInt8], at start: Int) -> Mark? {
        var numbers: [Int] = []
        var digits = ""
        for position in bytes.indices[(start + 1)...].prefix(60) {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.unicodeScalars.append(Unicode.Scalar(bytes[position]))
            case UInt8(ascii: ","), UInt8(ascii: "]"):
                guard digits.count <= 3, let number = Int(digits) else { return nil }
                numbers.append(number)
                digits = ""
                guard bytes[position] == UInt8(ascii: "]") else { continue }
                // The text of a link.
                if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "(") { return nil }
                return Mark(range: start..<position + 1, numbers: numbers)
            case UInt8(ascii: " "): continue
            default: return nil
            }
        }
        return nil
    }

    /// The sentences of an answer without their marks, each with the numbers that stand in or right behind it.
    static func statements(of text: String) -> [(text: String, numbers: [Int])] {
        let bytes = Array(text.utf8)
        let marks = all(in: text)
        // Marks become spaces, so that they neither end a sentence nor begin one.
        var plain = bytes
        for mark in marks { for position in mark.range { plain[position] = 0x20 } }
        var statements: [(text: String, numbers: [Int])] = []
        let sentences = SentenceSplitter.ranges(in: plain, within: 0..<plain.count)
        for (index, sentence) in sentences.enumerated() {
            let end = index + 1 < sentences.count ? sentences[index + 1].lowerBound : bytes.count
            let start = index == 0 ? 0 : sentence.lowerBound
            let numbers = marks.filter { (start..<end).contains($0.range.lowerBound) }.flatMap(\.numbers)
            let words = String(decoding: plain[sentence], as: UTF8.self).split(separator: " ").joined(separator: " ")
            statements.append((words, numbers))
        }
        return statements
    }
}
