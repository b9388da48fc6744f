internal import Retrieval

/// Finds skills by words of their names, descriptions and bodies (BM25).
package struct SkillSearch: Sendable {
    private let skills: [Skill]
    private let index: BM25Index
    private let analyzer: Analyzer

    package init(_ skills: [Skill]) {
        self.skills = skills
        let analyzer = Analyzer(stemmer: try? Stemmer(language: "english"), stopWords: .english)
        self.analyzer = analyzer
        index = BM25Index(fields: [
            BM25Field(
                documents: analyzer.terms(
                    ofAll: skills.map { $0.name.replacing("-", with: " ") + " " + $0.matter.description }), weight: 3,
                b: 0.75
            ), BM25Field(documents: analyzer.terms(ofAll: skills.map(\.body)), weight: 1, b: 0.75),
        ])
    }

    /// The skills that fit best, best first.
    package func find(_ words: String, limit: Int = 8) -> [Skill] {
        guard !skills.isEmpty else { return [] }
        return index.search(analyzer.terms(of: String(words.prefix(2_000))), limit: limit).map { skills[$0.chunk] }
    }
}
