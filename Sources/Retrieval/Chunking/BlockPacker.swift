/// Fills chunks with blocks up to a number of tokens.
struct BlockPacker {
    /// What has been filled, in order.
    private(set) var ranges: [Range<Int>] = []
    private let tokens: TokenIndex
    private let bytes: [UInt8]
    private let maximumTokens: Int
    /// The chunk that is being filled.
    private var open: Range<Int>?
    /// Whether it has more than headings: only then may it be closed.
    private var hasContent = false

    init(tokens: TokenIndex, bytes: [UInt8], maximumTokens: Int) {
        self.tokens = tokens
        self.bytes = bytes
        self.maximumTokens = maximumTokens
    }

    /// Whether a range may be one chunk.
    func fits(_ range: Range<Int>) -> Bool {
        tokens.count(in: range) <= maximumTokens
    }

    /// Makes a range one chunk.
    mutating func emit(_ range: Range<Int>) {
        ranges.append(range)
    }

    /// Packs blocks, whole where they fit.
    mutating func pack(_ blocks: ArraySlice<Document.Block>) {
        for block in blocks {
            switch block.kind {
            case .heading:
                if hasContent { close() }
                extend(to: block.range)
                hasContent = false
            case .paragraph: add(block.range, parts: { SentenceSplitter.ranges(in: $0, within: block.range) })
            case .code, .list, .table: add(block.range, parts: { Self.lines(of: $0, within: block.range) })
            }
        }
        close()
    }

    private mutating func add(_ block: Range<Int>, parts: ([UInt8]) -> [Range<Int>]) {
        if takes(block) { return }
        if hasContent { close() }
        if takes(block) { return }
        for part in parts(bytes) {
            if takes(part) { continue }
            if hasContent { close() }
            if !takes(part) { cutByToken(part) }
        }
    }

    /// Adds a piece to the open chunk if there is room.
    private mutating func takes(_ piece: Range<Int>) -> Bool {
        guard fits((open ?? piece).lowerBound..<piece.upperBound) else { return false }
        extend(to: piece)
        hasContent = true
        return true
    }

    /// Cuts what is open and a piece behind it into full windows; the last one stays open.
    private mutating func cutByToken(_ piece: Range<Int>) {
        let all = tokens.tokens(in: (open ?? piece).lowerBound..<piece.upperBound)
        open = nil
        for start in stride(from: all.lowerBound, to: all.upperBound, by: maximumTokens) {
            close()
            extend(to: tokens.utf8Range(ofTokens: start..<min(start + maximumTokens, all.upperBound)))
        }
        hasContent = true
    }

    private mutating func extend(to piece: Range<Int>) {
        open = (open ?? piece).lowerBound..<piece.upperBound
    }

    private mutating func close() {
        if let open { ranges.append(open) }
        open = nil
        hasContent = false
    }

    static func lines(of bytes: [UInt8], within range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        for position in range where bytes[position] == UInt8(ascii: "\n") {
            if position > start { lines.append(start..<position) }
            start = position + 1
        }
        if start < range.upperBound { lines.append(start..<range.upperBound) }
        return lines
    }
}
