/// Makes a text inert while it comes: holds back what may be the beginning of a link, a tag or a code span.
struct InertStream {
    /// Longer than any link that somebody means.
    private static let longest = 4_000

    private var waiting = ""

    /// More of the text; what of it may be shown by now.
    mutating func add(_ text: String) -> String {
        waiting += text
        let end = Self.safeEnd(of: waiting)
        guard end > waiting.startIndex else { return "" }
        let ready = String(waiting[..<end])
        waiting = String(waiting[end...])
        return InertText.of(ready)
    }

    /// What is left at the end.
    mutating func finish() -> String {
        defer { waiting = "" }
        return InertText.of(waiting)
    }

    /// The last white space before which nothing is open.
    private static func safeEnd(of text: String) -> String.Index {
        var (safe, square, round, angle, code) = (text.startIndex, 0, 0, false, false)
        var previous: Character?
        for index in text.indices {
            defer { previous = text[index] }
            switch text[index] {
            case "`": code.toggle()
            case "[" where !code: square += 1
            case "]" where !code: square = max(0, square - 1)
            // The address of a link, in which there may be a title.
            case "(" where !code && (round > 0 || previous == "]"): round += 1
            case ")" where !code: round = max(0, round - 1)
            case "<" where !code: angle = true
            case ">" where !code: angle = false
            case "\n":
                let isParagraph = index > text.startIndex && text[text.index(before: index)] == "\n"
                // Nothing but a tag goes on in another paragraph.
                if isParagraph { (square, round, code) = (0, 0, false) }
                if square == 0, round == 0, !code, !angle { safe = text.index(after: index) }
            case " ":
                if square == 0, round == 0, !code, !angle { safe = text.index(after: index) }
            default: break
            }
        }
        // What never ends is no reason to wait for ever.
        return safe == text.startIndex && text.utf8.count > longest ? text.endIndex : safe
    }
}
