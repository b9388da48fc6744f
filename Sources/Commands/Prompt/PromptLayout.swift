internal import CTerminal

/// The rows at the bottom of the terminal that are drawn again and again: the line of output that is not finished, a line
/// that says what goes on, and what is being written. Without I/O.
struct PromptLayout: Sendable, Hashable {
    /// The rows, each shorter than the terminal is wide, so that it never breaks one by itself.
    private(set) var rows: [String] = []
    private(set) var cursorRow = 0
    private(set) var cursorColumn = 0
    /// The row that says what goes on.
    private(set) var statusRow: Int?

    /// - Parameters:
    ///   - label: what stands before the text.
    ///   - cursor: a place in the text.
    ///   - height: how many rows the terminal has; what is written is shown around the cursor where it has more.
    init(
        partial: String = "", status: String = "", label: String, text: [Character], cursor: Int, columns: Int,
        height: Int
    ) {
        let width = max(2, columns - 1)
        var above = partial.isEmpty ? [] : Self.wrapped(Array(partial), width: width, indent: 0).rows
        if !status.isEmpty {
            statusRow = above.count
            above.append(Self.cut(status, width))
        }
        let label = Self.cut(label, max(0, width - 8))
        let indent = Self.width(label)
        let (written, place) = Self.wrapped(text, width: width, indent: indent, cursor: cursor)
        rows = above + written
        if let row = written.indices.first.map({ $0 + above.count }) {
            rows[row] = label + rows[row].dropFirst(indent)
        }
        cursorRow = above.count + place.row
        cursorColumn = place.column
        let most = max(1, height - 1)
        if rows.count > most {
            let first = min(max(0, cursorRow - most + 1 + min(2, most - 1)), rows.count - most)
            rows = Array(rows[first..<first + most])
            cursorRow -= first
            statusRow = statusRow.flatMap { $0 >= first ? $0 - first : nil }
        }
    }

    /// How many columns a text takes.
    static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

    /// How many columns a character takes: as many as its widest part.
    private static func width(_ character: Character) -> Int {
        if let ascii = character.asciiValue { return ascii >= 0x20 ? 1 : 0 }
        return max(0, Int(character.unicodeScalars.map { neo_terminal_width($0.value) }.max() ?? 0))
    }

    private static func cut(_ text: String, _ width: Int) -> String {
        var left = width
        return String(
            text.prefix {
                left -= self.width($0)
                return left >= 0
            })
    }

    /// The text in rows, all of which begin behind the indent, and where the cursor stands.
    private static func wrapped(
        _ text: [Character], width: Int, indent: Int, cursor: Int = 0
    ) -> (rows: [String], place: (row: Int, column: Int)) {
        let margin = String(repeating: " ", count: indent)
        var rows = [margin]
        var column = indent
        var place = (row: 0, column: indent)
        func newRow() {
            rows.append(margin)
            column = indent
        }
        for (position, character) in text.enumerated() {
            let shown = character == "\t" ? "    " : String(character)
            let wide = self.width(shown)
            if !character.isNewline, column + wide > width { newRow() }
            if position == cursor { place = (rows.count - 1, column) }
            if character.isNewline {
                newRow()
            } else {
                rows[rows.count - 1] += shown
                column += wide
            }
        }
        if cursor >= text.count {
            if column >= width { newRow() }
            place = (rows.count - 1, column)
        }
        return (rows, place)
    }
}
