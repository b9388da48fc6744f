/// How much of the evidence for an answer a ranked list of chunks brings into a context of limited size.
///
/// The chunks are read in order and their text is counted in tokens, what overlaps only once. The list is cut in the
/// very token at which it reaches the budget, so that every way of cutting documents gets the same amount of text. An
/// item of evidence is found as soon as the text so far covers half of it, measured in bytes; of an item with several
/// alternatives, one is enough.
///
/// With a number of chunks instead of a budget the largest chunk always wins; `hit(at:)` and `reciprocalRank` are
/// there for configurations that share one way of cutting.
public struct EvidenceMetrics: Sendable, Hashable {
    /// The budgets, in tokens, of the mean that is the default objective.
    public static let budgets = [500, 1000, 2000, 4000]

    /// For each item, how many tokens of context it takes to find it; nil if the list does not find it.
    public let tokensToFind: [Int?]
    /// For each item, the rank, from 1, of the chunk that completes it; nil if the list does not find it.
    public let ranksToFind: [Int?]

    /// Judges a ranked list.
    ///
    /// - Parameters:
    ///   - evidence: the items that an answer needs, each with its alternatives. A question without items has nothing
    ///     to measure: every value is 0, so leave it out.
    ///   - ranked: the chunks found, best first.
    ///   - tokens: where the tokens of each document stand; the same counter for every configuration.
    public init(
        evidence: [[EvidenceSpan]], ranked: some Sequence<Chunk>, tokens: (DocumentID) -> TokenIndex
    ) {
        var items = evidence.map { alternatives in alternatives.map { SpanCoverage($0) } }
        var tokensToFind = [Int?](repeating: nil, count: evidence.count)
        var ranksToFind = tokensToFind
        var covered: [DocumentID: ByteRangeSet] = [:]
        var context = 0
        for (rank, chunk) in ranked.enumerated() {
            guard ranksToFind.contains(nil) else { break }
            let index = tokens(chunk.document)
            for part in covered[chunk.document, default: ByteRangeSet()].insert(chunk.range) {
                for item in items.indices where ranksToFind[item] == nil {
                    for span in items[item].indices where items[item][span].document == chunk.document {
                        guard let end = items[item][span].cover(part) else { continue }
                        let cost = context + index.count(in: part.lowerBound..<end)
                        tokensToFind[item] = min(tokensToFind[item] ?? cost, cost)
                        ranksToFind[item] = rank + 1
                    }
                }
                context += index.count(in: part)
            }
        }
        self.tokensToFind = tokensToFind
        self.ranksToFind = ranksToFind
    }

    /// The share of the items that is found in a context of so many tokens.
    public func recall(budget: Int) -> Double {
        share { item in tokensToFind[item].map { $0 <= budget } ?? false }
    }

    /// The mean of the recall at 500, 1,000, 2,000 and 4,000 tokens.
    public var meanRecall: Double {
        Self.budgets.reduce(0) { $0 + recall(budget: $1) } / Double(Self.budgets.count)
    }

    /// 1 if the first `k` chunks find an item.
    public func hit(at k: Int) -> Double {
        ranksToFind.contains { $0.map { $0 <= k } ?? false } ? 1 : 0
    }

    /// 1 / rank of the first chunk that completes an item; 0 if none does.
    public var reciprocalRank: Double {
        ranksToFind.compactMap { $0 }.min().map { 1 / Double($0) } ?? 0
    }

    private func share(_ isFound: (Int) -> Bool) -> Double {
        tokensToFind.isEmpty ? 0 : Double(tokensToFind.indices.count(where: isFound)) / Double(tokensToFind.count)
    }
}

extension EvidenceMetrics {
    /// Whether a metric looks at a number of chunks instead of an amount of text: the largest chunks then always win,
    /// so that it compares only configurations that share one way of cutting.
    public static func countsChunks(_ name: String) -> Bool {
        guard let name = MetricName(name) else { return false }
        return name.base == "evidence_hit" || name.base == "evidence_mrr"
    }

    /// The metric of a name: `evidence_recall` (the mean), `evidence_recall@500`, `evidence_hit@5`, `evidence_mrr`.
    ///
    /// Nil if there is no such metric.
    public func value(named name: String) -> Double? {
        guard let name = MetricName(name) else { return nil }
        switch (name.base, name.cutoff) {
        case ("evidence_recall", nil): return meanRecall
        case ("evidence_recall", let budget?): return recall(budget: budget)
        case ("evidence_hit", let k?): return hit(at: k)
        case ("evidence_mrr", nil): return reciprocalRank
        default: return nil
        }
    }
}

/// How much of a span has been covered.
private struct SpanCoverage {
    let document: DocumentID
    private let range: Range<Int>
    private var covered = 0

    init(_ span: EvidenceSpan) {
        document = span.document
        range = span.range
    }

    /// Covers a part that was not covered before. The offset at which half of the span is reached, if it is in there.
    mutating func cover(_ part: Range<Int>) -> Int? {
        let common = range.clamped(to: part)
        guard !common.isEmpty else { return nil }
        let missing = (range.count + 1) / 2 - covered
        covered += common.count
        return covered >= (range.count + 1) / 2 ? common.lowerBound + missing : nil
    }
}
