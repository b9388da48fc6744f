/// Cuts prose into sentences.
///
/// A sentence ends at `.`, `!` or `?` before a space and something that can begin a sentence. Full stops of
/// abbreviations, initials and numbers, and everything between backticks, end none.
enum SentenceSplitter {
    private static let abbreviations: Set<String> = [
        "approx", "cf", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "incl", "mr", "mrs", "ms", "no", "prof", "resp",
        "st", "vs",
    ]
    private static let closers: Set<Character> = ["\"", "'", ")", "]", "*", "_", "”", "’", "»"]

    /// The sentences of a paragraph, without the space around them; each is a substring of it.
    static func sentences(in paragraph: Substring) -> [Substring] {
        var sentences: [Substring] = []
        var start = paragraph.startIndex
        var position = start
        var isCode = false
        while position < paragraph.endIndex {
            let character = paragraph[position]
            var next = paragraph.index(after: position)
            if character == "`" { isCode.toggle() }
            if !isCode, "。！？".contains(character) {
                sentences.append(paragraph[start..<next])
                start = next
            } else if !isCode, ".!?".contains(character) {
                while next < paragraph.endIndex, closers.contains(paragraph[next]) || ".!?".contains(paragraph[next]) {
                    next = paragraph.index(after: next)
                }
                if isEnd(paragraph, mark: position, next: next, start: start) {
                    sentences.append(paragraph[start..<next])
                    start = next
                }
            }
            position = next
        }
        sentences.append(paragraph[start...])
        return sentences.map(trimmed).filter { !$0.isEmpty }
    }

    /// Whether a sentence ends at the mark before `next`.
    private static func isEnd(_ text: Substring, mark: String.Index, next: String.Index, start: String.Index) -> Bool {
        guard next < text.endIndex else { return true }
        guard text[next].isWhitespace else { return false }
        guard let following = text[next...].first(where: { !$0.isWhitespace }) else { return true }
        guard !following.isLowercase else { return false }
        guard text[mark] == "." else { return true }
        let word = text[start..<mark].reversed().prefix { !$0.isWhitespace && $0 != "(" }
        let last = String(word.reversed()).lowercased()
        if abbreviations.contains(last) { return false }
        return !(last.count == 1 && last.first?.isLetter == true && text[text.index(before: mark)].isUppercase)
    }

    /// A text without the space around it.
    static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
