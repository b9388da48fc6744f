internal import Retrieval

/// Source code of any language: one block for each declaration at the outermost level, as far as layout shows it.
enum CodeParser {
    /// Declarations longer than this are cut at their blank lines.
    private static let longBlock = 2_000

    static func blocks(of bytes: [UInt8]) -> [Document.Block] {
        var blocks: [Document.Block] = []
        /// The groups of lines between blank lines that make up the open block.
        var groups: [Range<Int>] = []
        var isAfterBlank = true

        func close() {
            guard let first = groups.first, let last = groups.last else { return }
            let whole = first.lowerBound..<last.upperBound
            let ranges = whole.count > longBlock ? groups : [whole]
            blocks += ranges.map { Document.Block(kind: .code, range: $0) }
            groups = []
        }

        for line in TextLine.lines(of: bytes) {
            if line.isBlank {
                isAfterBlank = true
                continue
            }
            // A new declaration starts at the margin behind a blank line; a closing brace there ends the old one.
            let closes = [UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(bytes[line.content])
            if isAfterBlank, line.indent == 0, !closes { close() }
            if isAfterBlank || groups.isEmpty {
                groups.append(line.start..<line.end)
            } else {
                groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<line.end
            }
            isAfterBlank = false
        }
        close()
        return blocks
    }
}
