/// A BM25 index that documents can be added to and removed from, at the cost of their own terms.
///
/// What a term weighs depends on all documents, so scores are computed when it is searched; they equal, to the bit,
/// those of a ``BM25Index`` that is built anew of the documents that are left. For a corpus that does not change that
/// one is faster.
public struct IncrementalBM25Index: Sendable {
    private struct Document: Sendable {
        /// The number of each term that stands in it.
        var terms: [Int]
        /// How many terms each field has.
        var lengths: [Int]
    }

    /// How often a term stands in each field of a document.
    private struct Posting: Sendable {
        var document: Int
        var frequencies: [Int32]
    }

    /// How soon more occurrences of a term stop to matter.
    public let k1: Double
    /// The formula.
    public let variant: BM25Variant
    private let fields: [(weight: Double, b: Double)]
    private var vocabulary: [String: Int] = [:]
    /// The documents of each term, by ascending number.
    private var postings: [[Posting]] = []
    private var documents: [Int: Document] = [:]
    /// How many terms all documents have, by field.
    private var totals: [Int]

    /// An empty index.
    ///
    /// - Parameter fields: weight and length norm of each field; see ``BM25Index/init(fields:k1:variant:)``.
    public init(
        fields: [(weight: Double, b: Double)] = [(1, 0.75)], k1: Double = 1.2, variant: BM25Variant = .lucene
    ) {
        precondition(
            k1 >= 0 && !fields.isEmpty && fields.allSatisfy { $0.weight >= 0 && (0...1).contains($0.b) },
            "BM25 needs a field, k1 ≥ 0, and b in 0...1")
        self.fields = fields
        self.k1 = k1
        self.variant = variant
        totals = fields.map { _ in 0 }
    }

    /// How many documents there are.
    public var count: Int { documents.count }

    /// Adds a document, in place of one of the same number if there is one.
    ///
    /// - Parameters:
    ///   - number: the document's number in the hits, from 0 to 2³² − 1.
    ///   - terms: the terms of each field.
    public mutating func add(_ number: Int, terms: [[String]]) {
        precondition(terms.count == fields.count, "a document has all fields")
        precondition(UInt32(exactly: number) != nil, "a document's number fits into 32 bits")
        remove(number)
        var counts: [Int: [Int32]] = [:]
        var order: [Int] = []
        for (field, words) in terms.enumerated() {
            totals[field] += words.count
            for word in words {
                let term = self.number(of: word)
                if counts[term] == nil { order.append(term) }
                counts[term, default: [Int32](repeating: 0, count: fields.count)][field] += 1
            }
        }
        documents[number] = Document(terms: order, lengths: terms.map(\.count))
        for term in order {
            let posting = Posting(document: number, frequencies: counts[term] ?? [])
            postings[term].insert(posting, at: place(of: number, in: postings[term]))
        }
    }

    /// Removes a document; nothing happens if there is none of that number.
    public mutating func remove(_ number: Int) {
        guard let document = documents.removeValue(forKey: number) else { return }
        for (field, length) in document.lengths.enumerated() { totals[field] -= length }
        for term in document.terms { postings[term].remove(at: place(of: number, in: postings[term])) }
    }

    /// The best documents for a query, best first; equal scores by number. See ``BM25Index/search(_:limit:allowed:)``.
    public func search(_ terms: [String], limit: Int) -> [Hit] {
        var sums: [Int: Float] = [:]
        let means = totals.map { documents.isEmpty ? 0 : Double($0) / Double(documents.count) }
        let known = terms.compactMap { vocabulary[$0] }.filter { !postings[$0].isEmpty }
        for term in known {
            let idf = variant.inverseDocumentFrequency(postings[term].count, of: documents.count)
            for posting in postings[term] {
                let lengths = documents[posting.document]?.lengths ?? []
                let score = BM25Weighting.score(
                    variant: variant, idf: idf, k1: k1, frequencies: posting.frequencies,
                    norms: fields.indices.lazy.map {
                        BM25Weighting.lengthNorm(lengths[$0], mean: means[$0], b: fields[$0].b)
                    }, weights: fields.map(\.weight)
                )
                sums[posting.document, default: 0] += score
            }
        }
        let hits = sums.lazy.filter { $0.value > 0 }.map { Hit(chunk: $0.key, score: $0.value) }
        let frequencies = known.lazy.map { postings[$0].count }
        let base = BM25Weighting.base(variant, frequencies: frequencies, of: documents.count, k1: k1)
        return Array(hits.sorted(by: Hit.ranksBefore).prefix(max(limit, 0))).raised(by: base)
    }

    private mutating func number(of word: String) -> Int {
        if let known = vocabulary[word] { return known }
        vocabulary[word] = postings.count
        postings.append([])
        return postings.count - 1
    }

    /// Where a document stands, or would stand, among postings.
    private func place(of document: Int, in postings: [Posting]) -> Int {
        var low = 0
        var high = postings.count
        while low < high {
            let middle = (low + high) / 2
            if postings[middle].document < document { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
