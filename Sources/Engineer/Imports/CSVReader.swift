/// Reads comma-separated values (RFC 4180) as they arrive, a row at a time.
///
/// Fields may be quoted, hold separators, line ends and doubled quotes; rows end with LF, CR LF or CR. A quote in the
/// middle of an unquoted field stands for itself. Empty lines are no rows.
struct CSVReader {
    private enum State {
        case fieldStart, unquoted, quoted
        /// Behind a quote in a quoted field: it was the end, or the first of two.
        case quoteSeen
    }

    private let separator: UInt8
    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var line = 1
    private var rowLine = 1
    private var skipsLineFeed = false
    private var isAtStart = true

    /// A reader of fields that are separated by this byte.
    init(separator: UInt8 = UInt8(ascii: ",")) {
        self.separator = separator
    }

    /// The separator that a header line uses most: comma, semicolon or tab.
    static func separator(of header: ArraySlice<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = candidates.map { candidate in header.count { $0 == candidate } }
        let most = counts.max() ?? 0
        return zip(candidates, counts).first { $0.1 == most }?.0 ?? candidates[0]
    }

    /// Takes more bytes; each row that they complete goes to `row`, with the line, from 1, on which it starts.
    mutating func read(_ bytes: ArraySlice<UInt8>, row: (Int, [String]) -> Void) {
        for byte in bytes { read(byte, row: row) }
    }

    /// Says that there are no more bytes.
    /// - Returns: the line of a quoted field that was never closed.
    mutating func finish(row: (Int, [String]) -> Void) -> Int? {
        guard state != .quoted else { return rowLine }
        endRow(row)
        return nil
    }

    private mutating func read(_ byte: UInt8, row: (Int, [String]) -> Void) {
        let isSkipped = skipsLineFeed && byte == 0x0A
        skipsLineFeed = false
        if isSkipped { return }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .quoteSeen
        case (.quoted, _):
            if byte == 0x0A { line += 1 }
            field.append(byte)
        case (.quoteSeen, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (.fieldStart, UInt8(ascii: "\"")): state = .quoted
        case (_, separator): endField()
        case (_, 0x0A), (_, 0x0D):
            skipsLineFeed = byte == 0x0D
            endRow(row)
            line += 1
            rowLine = line
        default:
            field.append(byte)
            if state == .fieldStart { state = .unquoted }
        }
    }

    private mutating func endField() {
        if isAtStart, field.starts(with: [0xEF, 0xBB, 0xBF]) { field.removeFirst(3) }
        isAtStart = false
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        state = .fieldStart
    }

    private mutating func endRow(_ row: (Int, [String]) -> Void) {
        guard !fields.isEmpty || !field.isEmpty || state != .fieldStart else { return }
        endField()
        row(rowLine, fields)
        fields = []
    }
}
