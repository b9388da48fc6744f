internal import Base
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ParsedText {
    /// The form in which a parsed text is kept: JSON, with three numbers a block.
    private struct Record: Codable {
        var title: String?
        var text: String
        var blocks: [Int]
        var metadata: JSONValue
        var pageStarts: [Int]
        var problems: [Problem]
    }

    /// The bytes to keep.
    func encoded() throws -> [UInt8] {
        var numbers: [Int] = []
        numbers.reserveCapacity(blocks.count * 3)
        for block in blocks { numbers += [Self.number(block.kind), block.range.lowerBound, block.range.upperBound] }
        let record = Record(
            title: title, text: text, blocks: numbers, metadata: .object(metadata), pageStarts: pageStarts,
            problems: problems)
        return Array(try JSONEncoder().encode(record))
    }

    /// Reads kept bytes; nil where they are not what `encoded` writes.
    init?(encoded bytes: [UInt8]) {
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)) else { return nil }
        let length = record.text.utf8.count
        var blocks: [Document.Block] = []
        for start in stride(from: 0, to: record.blocks.count - 2, by: 3) {
            let (lower, upper) = (record.blocks[start + 1], record.blocks[start + 2])
            guard let kind = Self.kind(record.blocks[start]), 0 <= lower, lower <= upper, upper <= length else {
                return nil
            }
            blocks.append(Document.Block(kind: kind, range: lower..<upper))
        }
        self.init(title: record.title, text: record.text, blocks: blocks)
        metadata = record.metadata.object ?? [:]
        pageStarts = record.pageStarts
        problems = record.problems
    }

    private static func number(_ kind: Document.Block.Kind) -> Int {
        switch kind {
        case .paragraph: 0
        case .code: 1
        case .list: 2
        case .table: 3
        case .heading(let level): 10 + level
        }
    }

    private static func kind(_ number: Int) -> Document.Block.Kind? {
        switch number {
        case 0: .paragraph
        case 1: .code
        case 2: .list
        case 3: .table
        case 11...: .heading(level: number - 10)
        default: nil
        }
    }
}
