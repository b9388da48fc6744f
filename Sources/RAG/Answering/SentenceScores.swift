internal import Retrieval

/// How likely sentences are to hold the answer to a question.
///
/// A score is the logarithm of odds up to a constant, from a logistic regression on golden questions whose evidence is
/// known: of each sentence, the share of the question's weight that it holds; the share that only the headings above it
/// hold, so that it need not repeat them; its cosine with the question; and the rank of its passage. A sentence that
/// ends with a colon only announces what cannot be quoted, code or a list, and is put back.
struct SentenceScores: Sendable {
    /// The question's terms.
    let question: Set<String>
    /// The terms of each sentence.
    let terms: [Set<String>]
    /// The score of each sentence by its words and its passage's rank.
    let lexical: [Double]
    /// For each passage the share of the question's weight that it holds, with title and headings, 0…1.
    let coverage: [Double]
    private let parts: [Parts]

    private struct Parts: Sendable {
        /// The share of the question's weight that the sentence holds.
        var own: Double
        /// The share that only title and headings hold.
        var headings: Double
        /// 1 for the best passage, 1/2 for the next.
        var reciprocalRank: Double
        /// 1 where the sentence only announces something.
        var announcement: Double
    }

    /// - Parameter passages: the best passages, to whose positions the sentences point.
    init(
        question: String, sentences: [Sentence], passages: [RetrievedPassage], analyzer: Analyzer,
        weights: TermWeights
    ) {
        let wanted = Set(analyzer.terms(of: question))
        let terms = analyzer.terms(ofAll: sentences.map(\.text)).map { Set($0) }
        let context = analyzer.terms(ofAll: passages.map { ([$0.title] + $0.headings).joined(separator: "\n") })
            .map { Set($0).intersection(wanted) }
        let bodies = analyzer.terms(ofAll: passages.map(\.text)).map { Set($0).intersection(wanted) }
        let weight = Dictionary(uniqueKeysWithValues: wanted.map { ($0, weights.weight(of: $0)) })
        // Sorted, so that sums are equal in every run.
        let total = weight.values.sorted().reduce(0, +)
        func share(_ terms: Set<String>) -> Double {
            total > 0 ? terms.compactMap { weight[$0] }.sorted().reduce(0, +) / total : 0
        }
        self.question = wanted
        self.terms = terms
        coverage = zip(bodies, context).map { share($0.union($1)) }
        parts = zip(terms, sentences).map { terms, sentence in
            Parts(
                own: share(terms.intersection(wanted)), headings: share(context[sentence.passage].subtracting(terms)),
                reciprocalRank: 1 / Double(1 + sentence.passage), announcement: sentence.isAnnouncement ? 1 : 0
            )
        }
        lexical = parts.map { 5.7 * $0.own + 2.25 * $0.headings + 1.7 * $0.reciprocalRank - $0.announcement }
    }

    /// The score of a sentence whose cosine with the question is known.
    func score(_ index: Int, cosine: Double) -> Double {
        let part = parts[index]
        return 2.57 * cosine + 4.24 * part.own + 1.76 * part.headings + 1.53 * part.reciprocalRank
            - part.announcement
    }

    /// Whether a sentence only announces what follows.
    func isAnnouncement(_ index: Int) -> Bool { parts[index].announcement > 0 }

    /// How alike two sentences are: the share of their terms that they have in common (Jaccard).
    func likeness(_ left: Int, _ right: Int) -> Double {
        let union = terms[left].union(terms[right]).count
        return union == 0 ? 1 : Double(terms[left].intersection(terms[right]).count) / Double(union)
    }
}
