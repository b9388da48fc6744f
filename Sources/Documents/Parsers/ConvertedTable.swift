internal import Retrieval

/// Tables as converters draw them in Markdown, made into the rows that HTML's tables are too: `Holm | 1.9 metres`.
///
/// What only draws the table (the bars at both ends, the row of dashes, cells without content) would be words and
/// signs in an index and in a quote.
enum ConvertedTable {
    /// The rows of a table that have content, a line each.
    static func rows(of table: ArraySlice<UInt8>, isSpreadsheet: Bool) -> [UInt8] {
        var rows: [[UInt8]] = []
        for (number, line) in table.split(separator: .lineFeed).enumerated() {
            let cells = cells(of: line)
            // The second line is what makes it a table.
            if number == 1, cells.allSatisfy({ $0.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") } }) {
                continue
            }
            let filled = cells.filter { !$0.isEmpty && !(isSpreadsheet && isPlaceholder($0, isHead: number == 0)) }
            if !filled.isEmpty { rows.append(Array(filled.joined(separator: Array(" | ".utf8)))) }
        }
        return Array(rows.joined(separator: [.lineFeed]))
    }

    /// What stands between the bars; a bar behind a backslash, or docling's `&#124;`, belongs to the cell.
    private static func cells(of line: ArraySlice<UInt8>) -> [[UInt8]] {
        var cells: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in line {
            if byte == .pipe, !isEscaped {
                cells.append([])
            } else {
                if byte == .pipe { cells[cells.count - 1].removeLast() }
                cells[cells.count - 1].append(byte)
            }
            isEscaped = byte == .backslash && !isEscaped
        }
        return cells.map { trimmed($0.replacing("&#124;".utf8, with: [.pipe])) }
    }

    private static func trimmed(_ cell: [UInt8]) -> [UInt8] {
        let isSpace = { (byte: UInt8) in byte.isBlank || byte == .carriageReturn }
        let begun = cell.drop(while: isSpace)
        return Array(begun[..<(begun.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? begun.startIndex)])
    }

    /// What pandas writes for a cell that is empty: `NaN`, and `Unnamed: 3` in the first row.
    private static func isPlaceholder(_ cell: [UInt8], isHead: Bool) -> Bool {
        if cell.elementsEqual("NaN".utf8) { return true }
        let name = Array("Unnamed: ".utf8)
        return isHead && cell.starts(with: name) && cell.count > name.count
            && cell.dropFirst(name.count).allSatisfy(\.isDigit)
    }
}
