/// Makes quotes of chosen sentences: adds those without which they say little, and joins what stands together.
struct QuoteAssembly {
    private let sentences: [Sentence]
    private let passages: [RetrievedPassage]
    private var taken: Set<Int> = []
    private(set) var quotes: [Answer.Quote] = []

    init(sentences: [Sentence], passages: [RetrievedPassage]) {
        self.sentences = sentences
        self.passages = passages
    }

    /// Quotes a sentence, unless an earlier quote holds it; false where it does.
    ///
    /// The sentence behind it comes along: where the question's words are is often the problem, and its solution stands
    /// behind it. The sentence before it in its paragraph comes along where the sentence points back to it.
    mutating func add(_ index: Int) -> Bool {
        guard !taken.contains(index) else { return false }
        var group = [index]
        if pointsBack(index), isFree(index - 1, beside: index), touches(index - 1, index) {
            group.insert(index - 1, at: 0)
        }
        if isFree(index + 1, beside: index), !sentences[index + 1].isAnnouncement { group.append(index + 1) }
        taken.formUnion(group)
        var start = 0
        for end in group.indices where end + 1 == group.count || !touches(group[end], group[end + 1]) {
            quotes.append(quote(group[start]...group[end]))
            start = end + 1
        }
        return true
    }

    private func isFree(_ index: Int, beside other: Int) -> Bool {
        sentences.indices.contains(index) && !taken.contains(index)
            && sentences[index].passage == sentences[other].passage
    }

    /// Whether only space lies between two sentences, in one paragraph.
    private func touches(_ left: Int, _ right: Int) -> Bool {
        sentences[left].after == sentences[right].range
    }

    private func pointsBack(_ index: Int) -> Bool {
        let text = sentences[index].text
        return Self.backward.contains(text.prefix { $0.isLetter })
            || Self.backwardPhrases.contains { text.hasPrefix($0) }
    }

    private static let backward: Set<Substring> = [
        "Also", "Consequently", "He", "Hence", "Her", "Here", "His", "However", "Instead", "It", "Its", "Otherwise",
        "She", "Such", "That", "Their", "Then", "Therefore", "These", "They", "This", "Those", "Thus",
    ]
    private static let backwardPhrases = [
        "As a result", "For example", "For instance", "For this", "In that", "In this",
    ]

    private func quote(_ group: ClosedRange<Int>) -> Answer.Quote {
        let first = sentences[group.lowerBound]
        let passage = passages[first.passage]
        let bytes = Array(passage.text.utf8)
        let range = first.range.lowerBound..<sentences[group.upperBound].range.upperBound
        let start = passage.range.lowerBound + range.lowerBound
        return Answer.Quote(
            text: String(decoding: bytes[range], as: UTF8.self), passage: first.passage,
            range: start..<start + range.count,
            line: passage.line + bytes[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") }
        )
    }
}
