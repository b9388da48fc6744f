internal import Base

/// Cuts a document where its author did: at headings first, then between blocks, then inside them.
///
/// A section that fits with all its subsections is one chunk. A larger one is cut at the headings of the level below,
/// and so on; what has no headings left is packed block by block up to the limit. A block above the limit is cut by
/// sentence (code, lists and tables by line), and a sentence above it by token. A heading goes with what follows it.
///
/// The headings of a chunk are those that all of it stands under.
public struct StructureChunker: Chunker {
    /// No chunk has more tokens.
    public let maximumTokens: Int
    private let counter: any TokenCounter

    /// A chunker with a limit above 0.
    public init(maximumTokens: Int, counter: any TokenCounter) {
        precondition(maximumTokens > 0, "a chunk holds at least one token")
        self.maximumTokens = maximumTokens
        self.counter = counter
    }

    /// The chunks, in order and without overlap.
    public func chunks(of document: Document) -> [Chunk] {
        let bytes = Array(document.text.utf8)
        let blocks = document.blocks.isEmpty ? Self.paragraphs(of: bytes) : document.blocks
        var packer = BlockPacker(
            tokens: TokenIndex(text: document.text, counter: counter), bytes: bytes, maximumTokens: maximumTokens
        )
        let inText = blocks.filter { !$0.range.isEmpty && $0.range.upperBound <= bytes.count }
        cut(inText[...], into: &packer)
        let paths = HeadingPaths(document)
        return packer.ranges.compactMap { range in
            document.chunk(in: range, headings: Self.headings(of: range, blocks: inText, paths), bytes: bytes)
        }
    }

    /// Cuts blocks at their highest headings, unless they fit as they are.
    private func cut(_ blocks: ArraySlice<Document.Block>, into packer: inout BlockPacker) {
        guard let first = blocks.first, let last = blocks.last else { return }
        if packer.fits(first.range.lowerBound..<last.range.upperBound) {
            packer.emit(first.range.lowerBound..<last.range.upperBound)
            return
        }
        let sections = Self.sections(of: blocks)
        if sections.count > 1 {
            for section in sections { cut(section, into: &packer) }
        } else {
            packer.pack(blocks)
        }
    }

    /// Parts that begin with a heading of the highest level there is behind the first content.
    ///
    /// A part that would hold headings only goes with the next one, or the one before if it is the last.
    private static func sections(of blocks: ArraySlice<Document.Block>) -> [ArraySlice<Document.Block>] {
        guard let content = blocks.firstIndex(where: { $0.level == nil }) else { return [blocks] }
        let inside = blocks[content...]
        guard let level = inside.compactMap(\.level).min() else { return [blocks] }
        var sections: [ArraySlice<Document.Block>] = []
        var start = blocks.startIndex
        for position in inside.indices where blocks[position].level == level {
            guard blocks[start..<position].contains(where: { $0.level == nil }) else { continue }
            sections.append(blocks[start..<position])
            start = position
        }
        if blocks[start...].contains(where: { $0.level == nil }) || sections.isEmpty {
            sections.append(blocks[start...])
        } else {
            let last = sections.removeLast()
            sections.append(blocks[last.startIndex...])
        }
        return sections
    }

    /// The headings above everything in a range: what the paths of its blocks have in common.
    private static func headings(
        of range: Range<Int>, blocks: [Document.Block], _ paths: HeadingPaths
    ) -> [String] {
        var common: [String]?
        for block in blocks where block.level == nil && block.range.overlaps(range) {
            let path = paths.path(at: block.range.lowerBound)
            guard let shared = common else {
                common = path
                continue
            }
            common = zip(shared, path).prefix { $0 == $1 }.map(\.0)
        }
        return common ?? paths.path(at: range.lowerBound)
    }

    /// What a text without known structure consists of: paragraphs between blank lines.
    private static func paragraphs(of bytes: [UInt8]) -> [Document.Block] {
        var blocks: [Document.Block] = []
        var start: Int?
        var end = 0
        var newlines = 0
        for (offset, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") { newlines += 1 }
            guard !byte.isASCIISpace else { continue }
            if newlines > 1, let from = start {
                blocks.append(Document.Block(kind: .paragraph, range: from..<end))
                start = nil
            }
            newlines = 0
            if start == nil { start = offset }
            end = offset + 1
        }
        if let start { blocks.append(Document.Block(kind: .paragraph, range: start..<end)) }
        return blocks
    }
}

extension Document.Block {
    /// The level, if the block is a heading.
    fileprivate var level: Int? {
        if case .heading(let level) = kind { level } else { nil }
    }
}
