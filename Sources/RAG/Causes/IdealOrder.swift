internal import Retrieval

/// The order of passages that finds the evidence with the least text: what a perfect ranking would do.
///
/// Greedy: the piece that is completed with the fewest further tokens comes next. With one piece that is the best order;
/// with several it is close to it, so that a ceiling is never below what the real order reaches only because the
/// caller takes the larger of both.
struct IdealOrder {
    /// More places of one piece, and more passages of one place, than this are not compared.
    private static let most = 16

    let evidence: [[EvidenceSpan]]
    let tokens: (DocumentID) -> TokenIndex

    /// The passages that are needed, best first.
    func passages(from units: [Chunk]) -> [Chunk] {
        let moves = evidence.map { spans in spans.prefix(Self.most).flatMap { steps(to: $0, units) } }
        var order: [Chunk] = []
        while true {
            let found = EvidenceMetrics(evidence: evidence, ranked: order, tokens: tokens).tokensToFind
            var best: (cost: Int, move: [Chunk])?
            for item in evidence.indices where found[item] == nil {
                for move in moves[item] {
                    let after = EvidenceMetrics(evidence: [evidence[item]], ranked: order + move, tokens: tokens)
                    guard let cost = after.tokensToFind[0] else { continue }
                    if best.map({ cost < $0.cost }) ?? true { best = (cost, move) }
                }
            }
            guard let best else { return order }
            order += best.move
        }
    }

    /// The passages that complete a piece alone; where none does, the fewest that do together.
    private func steps(to span: EvidenceSpan, _ units: [Chunk]) -> [[Chunk]] {
        let touching = units.filter { $0.document == span.document && $0.range.overlaps(span.range) }
        let alone = touching.filter { Self.holds($0, span) }
        guard alone.isEmpty else { return alone.prefix(Self.most).map { [$0] } }
        let together = touching.sorted { Self.overlap($0, span) > Self.overlap($1, span) }
        let metrics = EvidenceMetrics(evidence: [[span]], ranked: together, tokens: tokens)
        return metrics.ranksToFind[0].map { [Array(together.prefix($0))] } ?? []
    }

    private static func overlap(_ unit: Chunk, _ span: EvidenceSpan) -> Int {
        unit.range.clamped(to: span.range).count
    }

    /// Whether a passage alone holds half of a piece, which is what `EvidenceMetrics` counts as found.
    static func holds(_ unit: Chunk, _ span: EvidenceSpan) -> Bool {
        unit.document == span.document && !span.range.isEmpty && 2 * overlap(unit, span) >= span.range.count
    }
}
