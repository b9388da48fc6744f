internal import Base
internal import Retrieval

/// Whether passages hold what is said in their name, by words: most of a sentence's terms, rare ones counting more, and
/// all of its numbers stand in the passages that it cites.
///
/// It finds what was made up or cited wrongly; it does not find a sentence that turns around what a passage says with the
/// passage's own words. That is for a judge to see.
struct CitationSupport: Sendable {
    /// The least share of a sentence's weight. Half is what separates sentences with their own passages from sentences
    /// with other passages of the same question.
    static let leastShare = 0.5

    private let analyzer: Analyzer
    private let weights: TermWeights

    init(analyzer: Analyzer, weights: TermWeights) {
        self.analyzer = analyzer
        self.weights = weights
    }

    /// Whether passages together hold what a sentence says.
    func holds(_ passages: [RetrievedPassage], _ sentence: String) -> Bool {
        let wanted = Set(analyzer.terms(of: sentence))
        let body = passages.map { ([$0.title] + $0.headings + [$0.text]).joined(separator: "\n") }
        let held = analyzer.terms(ofAll: body).reduce(into: Set<String>()) { $0.formUnion($1) }
        guard Self.numbers(in: sentence).isSubset(of: Self.numbers(in: body.joined(separator: "\n"))) else {
            return false
        }
        let total = wanted.map(weights.weight).sorted().reduce(0, +)
        guard total > 0 else { return true }
        return wanted.intersection(held).map(weights.weight).sorted().reduce(0, +) / total >= Self.leastShare
    }

    /// The sentence of a passage that a statement is nearest to, by the terms they share.
    func nearest(to statement: String, in passage: RetrievedPassage) -> Sentence? {
        let wanted = Set(analyzer.terms(of: statement))
        let sentences = PassageSentences.all(of: [passage])
        let shared = analyzer.terms(ofAll: sentences.map(\.text)).map { terms in
            wanted.intersection(terms).map(weights.weight).sorted().reduce(0, +)
        }
        guard let best = shared.indices.max(by: { (shared[$0], $1) < (shared[$1], $0) }), shared[best] > 0 else {
            return nil
        }
        return sentences[best]
    }

    private static func numbers(in text: String) -> Set<Substring> {
        Set(text.split { !($0.isASCII && $0.isNumber) })
    }
}
