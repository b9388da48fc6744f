/// One field of the chunks of an index: their text, or their title and headings.
public struct BM25Field: Sendable, Hashable {
    /// The terms of the field of each chunk.
    public var documents: [[String]]
    /// How many times a term in this field counts.
    public var weight: Double
    /// How much long fields are held back: 0 not at all, 1 in full.
    public var b: Double

    /// A field.
    public init(documents: [[String]], weight: Double, b: Double = 0.75) {
        self.documents = documents
        self.weight = weight
        self.b = b
    }
}

/// The formulae of BM25 with fields, shared by the indexes that are built at once and by the one that grows.
enum BM25Weighting {
    /// What one chunk's lengths make of k1: for a single field of weight 1, k1 · (1 − b + b · length / mean length).
    ///
    /// For several fields the frequencies are divided by their norms instead.
    static func lengthNorm(_ length: Int, mean: Double, b: Double) -> Double {
        1 - b + b * (mean > 0 ? Double(length) / mean : 0)
    }

    /// What a term adds to the score of a chunk that has it, beyond what it adds to all.
    ///
    /// - Parameters:
    ///   - frequencies: how often it stands in each field.
    ///   - norms: the length norm of each field.
    ///   - weights: the weight of each field.
    static func score(
        variant: BM25Variant, idf: Double, k1: Double, frequencies: some Sequence<Int32>,
        norms: some Sequence<Double>, weights: [Double]
    ) -> Float {
        var sum = 0.0
        for ((frequency, norm), weight) in zip(zip(frequencies, norms), weights) where frequency > 0 {
            // A field of no weight adds nothing, and neither does one of length 0, which has no terms.
            sum += weight * Double(frequency) / norm
        }
        guard sum > 0 else { return 0 }
        // An infinite sum (a norm of 0) is a term that stands there as often as can be.
        return Float(variant.weight(idf: idf, frequency: sum, k1: k1))
    }

    /// What the terms of a query add to the score of every chunk; see ``BM25Variant``.
    ///
    /// - Parameter frequencies: how many of the chunks have each of them, at least one.
    static func base(_ variant: BM25Variant, frequencies: some Sequence<Int>, of count: Int, k1: Double) -> Float {
        guard variant.weighsAbsence else { return 0 }
        return frequencies.reduce(0) { sum, frequency in
            let idf = variant.inverseDocumentFrequency(frequency, of: count)
            return sum + Float(variant.weightOfAbsence(idf: idf, k1: k1))
        }
    }
}

extension [Hit] {
    /// Adds what all chunks have. Rounding may make two scores equal.
    func raised(by base: Float) -> [Hit] {
        guard base > 0 else { return self }
        return map { Hit(chunk: $0.chunk, score: $0.score + base) }.sorted(by: Hit.ranksBefore)
    }
}
