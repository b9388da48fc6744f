internal import RAG
internal import Retrieval

/// The parts of the documents, searched by words: where a question finds its evidence, and what stands beside a name.
struct PassageSearch: Sendable {
    /// So deep one looks for the evidence.
    static let depth = 100

    private let index: BM25Index
    private let analyzer = Analyzer.forQuestions()
    private let terms: [Set<String>]
    /// Of which document each section is.
    let documents: [Int]
    /// The first section of each document.
    let starts: [Int]

    init(_ materials: [PassageMaterial]) {
        var starts: [Int] = []
        var documents: [Int] = []
        var texts: [String] = []
        for (number, material) in materials.enumerated() {
            starts.append(texts.count)
            texts += material.sections
            documents += Array(repeating: number, count: material.sections.count)
        }
        let terms = analyzer.terms(ofAll: texts)
        index = BM25Index(documents: terms)
        self.terms = terms.map { Set($0) }
        self.documents = documents
        self.starts = starts
    }

    /// At which place a search for a question's words finds a section, from 1; nil where it is not among the first.
    func rank(of section: Int, for question: String) -> Int? {
        let hits = index.search(analyzer.terms(of: question), limit: Self.depth)
        return hits.firstIndex { $0.chunk == section }.map { $0 + 1 }
    }

    /// The sections that a search for a text finds first.
    func first(for text: String, limit: Int) -> [Int] {
        index.search(analyzer.terms(of: text), limit: limit).map(\.chunk)
    }

    /// The sections that have all these words.
    func sections(holding text: String) -> [Int] {
        let wanted = Set(analyzer.terms(of: text))
        guard !wanted.isEmpty else { return [] }
        return terms.indices.filter { wanted.isSubset(of: terms[$0]) }
    }

    /// Whether a section has any of some words.
    func has(_ words: [String], in section: Int) -> Bool { !terms[section].isDisjoint(with: stems(words)) }

    /// How many documents have one of the words.
    func documents(holdingAnyOf words: [String]) -> Int {
        let stems = stems(words)
        return Set(terms.indices.filter { !terms[$0].isDisjoint(with: stems) }.map { documents[$0] }).count
    }

    private func stems(_ words: [String]) -> Set<String> { Set(analyzer.terms(of: words.joined(separator: " "))) }
}
