/// The sentences of a document, as the units that chunks are put together of.
///
/// In prose a unit is a sentence; in code, lists and tables a line. A heading goes with the unit behind it. A unit
/// above the limit is cut into windows of tokens.
struct SentenceUnits {
    /// Where the units stand, in order and without overlap.
    private(set) var ranges: [Range<Int>] = []

    init(_ document: Document, bytes: [UInt8], tokens: TokenIndex, maximumTokens: Int) {
        var heading: Range<Int>?
        for block in Self.blocks(of: document, bytes: bytes) {
            if case .heading = block.kind {
                heading = (heading ?? block.range).lowerBound..<block.range.upperBound
                continue
            }
            for unit in Self.units(of: block, bytes: bytes) {
                let whole = (heading ?? unit).lowerBound..<unit.upperBound
                heading = nil
                append(whole, tokens: tokens, maximumTokens: maximumTokens)
            }
        }
        if let heading { append(heading, tokens: tokens, maximumTokens: maximumTokens) }
    }

    private static func blocks(of document: Document, bytes: [UInt8]) -> [Document.Block] {
        let inText = document.blocks.filter { !$0.range.isEmpty && $0.range.upperBound <= bytes.count }
        return inText.isEmpty ? [Document.Block(kind: .paragraph, range: 0..<bytes.count)] : inText
    }

    private static func units(of block: Document.Block, bytes: [UInt8]) -> [Range<Int>] {
        switch block.kind {
        case .heading, .paragraph: SentenceSplitter.ranges(in: bytes, within: block.range)
        case .code, .list, .table: BlockPacker.lines(of: bytes, within: block.range)
        }
    }

    private mutating func append(_ unit: Range<Int>, tokens: TokenIndex, maximumTokens: Int) {
        let inside = tokens.tokens(in: unit)
        guard inside.count > maximumTokens else {
            ranges.append(unit)
            return
        }
        for start in stride(from: inside.lowerBound, to: inside.upperBound, by: maximumTokens) {
            let end = min(start + maximumTokens, inside.upperBound)
            ranges.append(tokens.utf8Range(ofTokens: start..<end))
        }
    }
}
