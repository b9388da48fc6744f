internal import Base

extension Document {
    /// The part of the text that has content: front matter before the first block is no content.
    var contentRange: Range<Int> {
        let end = text.utf8.count
        guard let first = blocks.first, let last = blocks.last else { return 0..<end }
        let lower = min(first.range.lowerBound, end)
        return lower..<max(lower, min(last.range.upperBound, end))
    }

    /// The chunk of a range, without blank lines around it and without half characters; nil if nothing is left.
    func chunk(in range: Range<Int>, headings: [String], bytes: [UInt8]) -> Chunk? {
        var lower = min(max(range.lowerBound, 0), bytes.count)
        var upper = min(max(range.upperBound, lower), bytes.count)
        while lower > 0, lower < bytes.count, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
        while upper < bytes.count, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
        while upper > lower, bytes[upper - 1].isASCIISpace { upper -= 1 }
        // Whole blank lines go; the indentation of the first line stays, for code.
        var probe = lower
        while probe < upper, bytes[probe].isASCIISpace {
            if bytes[probe] == UInt8(ascii: "\n") { lower = probe + 1 }
            probe += 1
        }
        guard lower < upper else { return nil }
        return Chunk(
            document: id,
            range: lower..<upper,
            text: String(decoding: bytes[lower..<upper], as: UTF8.self),
            headings: headings
        )
    }
}

extension UInt8 {
    /// Whether it is a space, a tab or the end of a line.
    var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
