/// Finds the lines of a file that are most like some others, for the sentence of an edit that fits nowhere.
enum NearestLines {
    private static let mostLines = 20

    /// The numbers of the lines, from 0; nil where nothing is alike.
    ///
    /// Each line is compared by the words that it shares with its counterpart (Dice's coefficient), so that it is found
    /// although its spaces differ.
    static func find(_ wanted: [Substring], in lines: [Substring]) -> Range<Int>? {
        let wanted = wanted.prefix(mostLines).map(words)
        guard !wanted.isEmpty, lines.count >= 1 else { return nil }
        let all = lines.map(words)
        let height = min(wanted.count, lines.count)
        var best: (score: Double, start: Int) = (0, 0)
        for start in 0...(lines.count - height) {
            var score = 0.0
            for offset in 0..<height { score += likeness(wanted[offset], all[start + offset]) }
            if score > best.score { best = (score, start) }
        }
        return best.score / Double(height) < 0.3 ? nil : best.start..<best.start + height
    }

    private static func words(_ line: Substring) -> Set<Substring> {
        Set(line.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
    }

    private static func likeness(_ one: Set<Substring>, _ other: Set<Substring>) -> Double {
        let total = one.count + other.count
        return total == 0 ? 0 : 2 * Double(one.intersection(other).count) / Double(total)
    }
}
