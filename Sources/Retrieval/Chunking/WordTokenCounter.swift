/// Counts words and punctuation marks: the counter of a project that has no encoder.
///
/// A token is a run of letters, digits and marks, one ideograph, or one other visible character. English prose has
/// about 0.8 of these for one WordPiece token.
public struct WordTokenCounter: TokenCounter {
    /// A counter.
    public init() {}

    /// The UTF-8 ranges of words and punctuation marks.
    public func tokenRanges(in text: String) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(text.utf8.count / 5)
        var text = text
        text.withUTF8 { bytes in
            var word: Int?
            var position = 0
            while position < bytes.count {
                let (kind, width) = ScalarKind.read(bytes, at: position)
                if kind == .word {
                    if word == nil { word = position }
                } else {
                    if let start = word { ranges.append(start..<position) }
                    word = nil
                    if kind != .space { ranges.append(position..<position + width) }
                }
                position += width
            }
            if let start = word { ranges.append(start..<bytes.count) }
        }
        return ranges
    }
}
