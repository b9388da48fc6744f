/// Cuts a document where its subject changes, as an encoder sees it.
///
/// Each sentence gets a vector. At every boundary between two sentences the mean of the vectors before it is compared
/// with the mean of those behind it; where their cosine is among the lowest `percentile` per cent of the document, a
/// chunk ends. A chunk below `minimumTokens` goes on, and one above `maximumTokens` is cut at its own lowest cosines.
///
/// Sources: M. Hearst, "TextTiling", Computational Linguistics 23(1), 1997, for windows on both sides of a boundary; a
/// percentile of the differences as the threshold, and sentence vectors, as semantic splitters commonly have them
/// since G. Kamradt, "5 Levels of Text Splitting", 2023.
public struct SemanticChunker: Sendable {
    /// No chunk has more tokens.
    public let maximumTokens: Int
    /// No chunk has fewer, unless its document does or the limit above leaves less.
    public let minimumTokens: Int
    /// The share of a document's boundaries, in per cent, at which it is cut.
    public let percentile: Double
    /// How many sentences are compared on either side of a boundary.
    public let window: Int
    private let counter: any TokenCounter

    /// A chunker; `percentile` from 0 to 100, `minimumTokens` below `maximumTokens`.
    public init(
        maximumTokens: Int, minimumTokens: Int = 0, percentile: Double = 20, window: Int = 2,
        counter: any TokenCounter
    ) {
        precondition(maximumTokens > 0 && (0..<maximumTokens).contains(minimumTokens) && window > 0)
        precondition((0...100).contains(percentile), "a percentile lies between 0 and 100")
        self.maximumTokens = maximumTokens
        self.minimumTokens = minimumTokens
        self.percentile = percentile
        self.window = window
        self.counter = counter
    }

    /// The chunks of each document.
    ///
    /// - Parameter encode: one row a text, of length 1; called once, with the sentences of all documents in order.
    /// - Throws: what `encode` throws.
    public func chunks(
        of documents: [Document], encode: ([String]) async throws -> Matrix
    ) async throws -> [[Chunk]] {
        let parts = documents.map { Parts($0, counter: counter, maximumTokens: maximumTokens) }
        let sentences = parts.flatMap(\.sentences)
        guard !sentences.isEmpty else { return documents.map { _ in [] } }
        let vectors = try await encode(sentences)
        precondition(vectors.rows == sentences.count, "an encoder gives one row a text")
        var row = 0
        return parts.map { part in
            defer { row += part.units.count }
            let cosines = SentenceBoundaries.cosines(vectors, rows: row..<row + part.units.count, window: window)
            return chunks(of: part, cosines: cosines)
        }
    }

    /// The chunks of each document, through an encoder.
    public func chunks(of documents: [Document], encoder: any TextEncoder) async throws -> [[Chunk]] {
        try await chunks(of: documents) { try await encoder.encode($0) }
    }

    private func chunks(of part: Parts, cosines: [Float]) -> [Chunk] {
        let threshold = SentenceBoundaries.percentile(percentile, of: cosines)
        let isCut = cosines.map { cosine in percentile > 0 && threshold.map { cosine <= $0 } ?? false }
        var chunks: [Chunk] = []
        var start = 0
        for end in part.units.indices {
            let isLast = end == part.units.count - 1
            let range = part.units[start].lowerBound..<part.units[end].upperBound
            guard isLast || isCut[end] && part.tokens.count(in: range) >= minimumTokens else { continue }
            chunks += pieces(of: start...end, part, cosines).compactMap { piece in
                part.chunk(part.units[piece.lowerBound].lowerBound..<part.units[piece.upperBound].upperBound)
            }
            start = end + 1
        }
        return chunks
    }

    /// Cuts a run of sentences above the limit in two where its cosine is lowest, and so on; not so near its ends that
    /// a part is below the minimum, if there is another place.
    private func pieces(of run: ClosedRange<Int>, _ part: Parts, _ cosines: [Float]) -> [ClosedRange<Int>] {
        func count(_ run: ClosedRange<Int>) -> Int {
            part.tokens.count(in: part.units[run.lowerBound].lowerBound..<part.units[run.upperBound].upperBound)
        }
        guard run.count > 1, count(run) > maximumTokens else { return [run] }
        // A long run is cut near its middle, so that a hostile document costs no more than its length's logarithm.
        let margin = run.count > 64 ? run.count / 4 : 0
        let places = run.lowerBound + margin..<run.upperBound - margin
        let roomy = places.filter {
            count(run.lowerBound...$0) >= minimumTokens && count($0 + 1...run.upperBound) >= minimumTokens
        }
        let candidates = roomy.isEmpty ? Array(places) : roomy
        guard let cut = candidates.min(by: { cosines[$0] < cosines[$1] }) else { return [run] }
        return pieces(of: run.lowerBound...cut, part, cosines) + pieces(of: cut + 1...run.upperBound, part, cosines)
    }
}

/// A document in its sentences.
private struct Parts {
    let document: Document
    let bytes: [UInt8]
    let tokens: TokenIndex
    let units: [Range<Int>]
    let headings: HeadingPaths

    init(_ document: Document, counter: any TokenCounter, maximumTokens: Int) {
        self.document = document
        bytes = Array(document.text.utf8)
        tokens = TokenIndex(text: document.text, counter: counter)
        units = SentenceUnits(document, bytes: bytes, tokens: tokens, maximumTokens: maximumTokens).ranges
        headings = HeadingPaths(document)
    }

    var sentences: [String] { units.map { String(decoding: bytes[$0], as: UTF8.self) } }

    func chunk(_ range: Range<Int>) -> Chunk? {
        document.chunk(in: range, headings: headings.path(at: range.lowerBound), bytes: bytes)
    }
}
