internal import Retrieval

/// Makes paragraphs of what `pdftotext` prints: pages end with a form feed, and every line of the page is a line.
enum PDFText {
    /// The text with one block a paragraph, and where the pages begin.
    ///
    /// - Parameter isLaidOut: it was printed with `-layout`: lines with wide gaps are rows of a table and stay.
    static func parse(_ output: String, isLaidOut: Bool) -> ParsedText {
        var pages = output.utf8.split(separator: 0x0C, omittingEmptySubsequences: false).map { page in
            page.split(separator: .lineFeed, omittingEmptySubsequences: false).map { trimmed($0) }
        }
        if let last = pages.last, last.allSatisfy(\.isEmpty) { pages.removeLast() }
        let running = RunningLines(pages)
        var builder = TextBuilder()
        for (number, page) in pages.enumerated() {
            builder.beginPage()
            let lines = running.removed(from: page, number: number)
            for paragraph in lines.split(whereSeparator: \.isEmpty) {
                add(Array(paragraph), isLaidOut: isLaidOut, to: &builder)
            }
        }
        return builder.parsed
    }

    private static func trimmed(_ line: Substring.UTF8View.SubSequence) -> [UInt8] {
        var line = line
        while let last = line.last, last.isBlank || last == .carriageReturn { line.removeLast() }
        return Array(line)
    }

    private static func add(_ lines: [[UInt8]], isLaidOut: Bool, to builder: inout TextBuilder) {
        if isLaidOut, lines.count(where: hasWideGap) * 2 > lines.count {
            builder.add(.table, Array(lines.joined(separator: [.lineFeed])))
            return
        }
        let widest = lines.map(\.count).max() ?? 0
        var paragraph: [UInt8] = []
        var previous = 0
        func close() {
            if let level = headingLevel(paragraph) {
                builder.add(.heading(level: level), paragraph)
            } else {
                builder.add(.paragraph, paragraph)
            }
            paragraph = []
        }
        for line in lines {
            let content = single(line)
            if !paragraph.isEmpty, endsParagraph(paragraph, lineLength: previous, widest: widest, next: content) {
                close()
            }
            join(content, to: &paragraph)
            previous = line.count
        }
        close()
    }

    /// A short line that ends a sentence is a paragraph's last, and an item's mark begins a new one.
    private static func endsParagraph(_ text: [UInt8], lineLength: Int, widest: Int, next: [UInt8]) -> Bool {
        if beginsItem(next) || headingLevel(text) != nil && lineLength * 10 < widest * 8 { return true }
        guard let last = text.last else { return false }
        let isSentenceEnd = last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
        return isSentenceEnd && lineLength * 10 < widest * 7
    }

    private static func beginsItem(_ line: [UInt8]) -> Bool {
        if line.starts(with: "• ".utf8) || line.starts(with: "– ".utf8) || line.starts(with: "- ".utf8) { return true }
        let digits = line.prefix { $0.isDigit }.count
        return (1...2).contains(digits) && line.count > digits + 2 && line[digits + 1] == 0x20
            && (line[digits] == UInt8(ascii: ")") || line[digits] == UInt8(ascii: "."))
    }

    /// Appends a line; a word that was divided at the line's end becomes one again.
    private static func join(_ line: [UInt8], to paragraph: inout [UInt8]) {
        guard let last = paragraph.last else {
            paragraph = line
            return
        }
        let beginsLower = line.first.map { (0x61...0x7A).contains($0) || $0 >= 0xC3 } ?? false
        let isDivided =
            last == UInt8(ascii: "-") && paragraph.count > 1 && isWordByte(paragraph[paragraph.count - 2])
            && beginsLower
        if isDivided {
            paragraph.removeLast()
        } else if paragraph.suffix(2) == [0xC2, 0xAD] {
            paragraph.removeLast(2)
        } else {
            paragraph.append(0x20)
        }
        paragraph += line
    }

    private static func isWordByte(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0x80 }

    /// `2.1 Results`: a short line that begins with the number of a section and ends no sentence.
    private static func headingLevel(_ text: [UInt8]) -> Int? {
        guard (4...90).contains(text.count), let last = text.last, isWordByte(last) || last.isDigit else { return nil }
        let number = text.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        let parts = number.split(separator: UInt8(ascii: "."))
        guard (1...4).contains(parts.count), parts.allSatisfy({ $0.count <= 2 && $0.first != UInt8(ascii: "0") }) else {
            return nil
        }
        let title = text.dropFirst(number.count)
        guard title.first == 0x20, let initial = title.dropFirst().first,
            (0x41...0x5A).contains(initial) || initial >= 0xC3
        else { return nil }
        return parts.count
    }

    /// The line with one space for each run of spaces.
    private static func single(_ line: [UInt8]) -> [UInt8] {
        Array(line.split(whereSeparator: \.isBlank).joined(separator: [0x20]))
    }

    /// Whether there are three spaces in a row behind the first word.
    private static func hasWideGap(_ line: [UInt8]) -> Bool {
        var run = 0
        for byte in line.drop(while: { $0.isBlank }) {
            if run >= 3, !byte.isBlank { return true }
            run = byte.isBlank ? run + 1 : 0
        }
        return false
    }
}
