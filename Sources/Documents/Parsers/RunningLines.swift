/// The running heads and feet of pages: the first and last lines that come back on most pages but for their numbers.
struct RunningLines {
    /// Fewer pages show no pattern.
    private static let leastPages = 4

    private var heads: Set<[UInt8]> = []
    private var feet: Set<[UInt8]> = []

    init(_ pages: [[[UInt8]]]) {
        guard pages.count >= Self.leastPages else { return }
        heads = Self.frequent(pages.compactMap { page in page.first { !$0.isEmpty } })
        feet = Self.frequent(pages.compactMap { page in page.last { !$0.isEmpty } })
    }

    /// A page without its running head and foot.
    func removed(from page: [[UInt8]], number: Int) -> [[UInt8]] {
        var page = page
        // The first page's own title may stand where the others repeat it.
        if number > 0, let first = page.firstIndex(where: { !$0.isEmpty }), heads.contains(Self.pattern(page[first])) {
            page[first] = []
        }
        if let last = page.lastIndex(where: { !$0.isEmpty }), feet.contains(Self.pattern(page[last])) {
            page[last] = []
        }
        return page
    }

    private static func frequent(_ lines: [[UInt8]]) -> Set<[UInt8]> {
        var counts: [[UInt8]: Int] = [:]
        for line in lines where line.count <= 200 { counts[pattern(line), default: 0] += 1 }
        return Set(counts.filter { $0.value >= 3 && $0.value * 5 >= lines.count * 3 }.keys)
    }

    /// The line with every number the same.
    private static func pattern(_ line: [UInt8]) -> [UInt8] {
        var pattern: [UInt8] = []
        for byte in line where !byte.isBlank {
            let mark = byte.isDigit ? UInt8(ascii: "0") : byte
            if mark != UInt8(ascii: "0") || pattern.last != mark { pattern.append(mark) }
        }
        return pattern
    }
}
