import Testing

@testable import Engineer

@Suite struct CSVReaderTests {
    private struct Row: Equatable {
        var line: Int
        var fields: [String]

        init(_ line: Int, _ fields: [String]) {
            (self.line, self.fields) = (line, fields)
        }
    }

    private func rows(_ text: String, pieces: Int = .max, separator: Character = ",") -> [Row] {
        var reader = CSVReader(separator: separator.asciiValue ?? 0x2C)
        var rows: [Row] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: min(pieces, max(bytes.count, 1))) {
            reader.read(bytes[start..<min(bytes.count, start + min(pieces, bytes.count))]) { rows.append(Row($0, $1)) }
        }
        if let line = reader.finish(row: { rows.append(Row($0, $1)) }) { rows.append(Row(-line, [])) }
        return rows
    }

    @Test(
        "Rows and fields",
        arguments: [
            ("a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
            ("a,b\r\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])]),
            ("a\rb\r", [(1, ["a"]), (2, ["b"])]),
            ("\"a,b\",\"c\"\"d\"\n", [(1, ["a,b", "c\"d"])]),
            ("\"two\nlines\r\nhere\",x\ny,z\n", [(1, ["two\nlines\r\nhere", "x"]), (4, ["y", "z"])]),
            ("a,,\n,\n", [(1, ["a", "", ""]), (2, ["", ""])]),
            ("a\n\n\nb", [(1, ["a"]), (4, ["b"])]),
            ("it is 5\" wide,x\n", [(1, ["it is 5\" wide", "x"])]),
            ("\"a\"b,c\n", [(1, ["ab", "c"])]),
            ("\u{FEFF}a,b\n", [(1, ["a", "b"])]),
            ("\"\"\n", [(1, [""])]),
            ("a\n\"never\nclosed,b\n", [(1, ["a"]), (-2, [])]),
            ("", []),
        ] as [(String, [(Int, [String])])])
    func table(text: String, expected: [(Int, [String])]) {
        let expected = expected.map { Row($0.0, $0.1) }
        #expect(rows(text) == expected)
        #expect(rows(text, pieces: 1) == expected)
    }

    @Test(
        "The separator is the one that the header uses",
        arguments: [("a,b;c,d", ","), ("a;b", ";"), ("a\tb", "\t"), ("a", ",")])
    func separators(header: String, expected: Character) {
        #expect(CSVReader.separator(of: Array(header.utf8)[...]) == expected.asciiValue)
    }
}
