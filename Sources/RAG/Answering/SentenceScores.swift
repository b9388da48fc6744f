internal import Retrieval

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What sentences have in common with a question, word by word.
struct SentenceScores: Sendable {
    /// The question's terms.
    let question: Set<String>
    /// The terms of each sentence.
    let terms: [Set<String>]
    /// For each sentence the share of the question's weight that it holds, 0…1.
    let overlap: [Double]
    /// For each passage the share of the question's terms that it holds, each counted alike.
    let coverage: [Double]

    /// - Parameter passages: the best passages, to whose positions the sentences point.
    init(question: String, sentences: [Sentence], passages: [RetrievedPassage], analyzer: Analyzer) {
        let wanted = Set(analyzer.terms(of: question))
        let terms = analyzer.terms(ofAll: sentences.map(\.text)).map { Set($0) }
        let context = analyzer.terms(ofAll: passages.map { ([$0.title] + $0.headings).joined(separator: "\n") })
            .map { Set($0) }
        let bodies = analyzer.terms(ofAll: passages.map(\.text)).map { Set($0) }
        let weights = Self.weights(of: wanted, in: terms)
        let total = weights.values.reduce(0, +)

        self.question = wanted
        self.terms = terms
        coverage = zip(bodies, context).map { body, context in
            wanted.isEmpty
                ? 0 : Double(wanted.count { body.contains($0) || context.contains($0) }) / Double(wanted.count)
        }
        overlap = zip(terms, sentences).map { terms, sentence in
            guard total > 0 else { return 0 }
            let weight = wanted.reduce(0.0) { sum, term in
                // A heading says what its sentences are about, so that they need not repeat it.
                let share = terms.contains(term) ? 1 : context[sentence.passage].contains(term) ? 0.5 : 0
                return sum + share * (weights[term] ?? 0)
            }
            return weight / total
        }
    }

    /// How much a term tells: its inverse document frequency, with the sentences for documents.
    ///
    /// Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section
    /// 3.1, with 1 added under the logarithm so that it stays positive.
    private static func weights(of question: Set<String>, in sentences: [Set<String>]) -> [String: Double] {
        var weights: [String: Double] = [:]
        for term in question {
            let count = Double(sentences.count { $0.contains(term) })
            weights[term] = log(1 + (Double(sentences.count) - count + 0.5) / (count + 0.5))
        }
        return weights
    }

    /// How alike two sentences are: the share of their terms that they have in common (Jaccard).
    func likeness(_ left: Int, _ right: Int) -> Double {
        let union = terms[left].union(terms[right]).count
        return union == 0 ? 1 : Double(terms[left].intersection(terms[right]).count) / Double(union)
    }
}
