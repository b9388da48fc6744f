/// What the documents are about: their titles and headings, and in which documents a word stands.
struct CorpusNames: Sendable {
    private var titles: Set<String> = []
    private var holders: [String: Set<Int>] = [:]

    /// Adds a document.
    mutating func add(_ material: PassageMaterial, number: Int) {
        for text in [material.title] + material.headings { titles.insert(Self.key(text)) }
        for sentence in material.sentences {
            for word in sentence.words { holders[Self.key(word), default: []].insert(number) }
        }
    }

    /// Whether these words are a document's title or a heading.
    func isTitle(_ words: [String]) -> Bool { titles.contains(Self.key(words.joined(separator: " "))) }

    /// In which documents all of these words stand.
    func documents(_ words: [String]) -> Set<Int> {
        var found: Set<Int>?
        for word in words.map(Self.key) where !word.isEmpty && !Self.small.contains(word) {
            let own = holders[word] ?? []
            found = found.map { $0.intersection(own) } ?? own
        }
        return found ?? []
    }

    /// Whether the words name one thing: a title, a name with its capitals or signs, or two words that at most two
    /// documents have together.
    func isSpecific(_ words: [String], _ vocabulary: CorpusVocabulary) -> Bool {
        let content = words.filter { !Self.small.contains(Self.key($0)) }
        guard !content.isEmpty else { return false }
        if isTitle(content) || isTitle(words) { return true }
        let named = words.enumerated().contains { offset, word in
            if word.dropFirst().contains(where: { $0.isUppercase || $0 == "_" || $0 == "." }) { return word.count > 2 }
            guard word.first?.isUppercase == true else { return false }
            return !vocabulary.isCommon(word.trimming { !$0.isLetter && !$0.isNumber }) && word.count > 2
        }
        return named || content.count >= 2 && (1...2).contains(documents(content).count)
    }

    private static func key(_ text: String) -> String {
        text.lowercased().trimming { !$0.isLetter && !$0.isNumber }
    }

    static let small: Set<String> = [
        "a", "an", "the", "of", "in", "on", "at", "for", "to", "and", "or", "by", "with", "from", "as", "is", "are",
    ]
}
