internal import Retrieval

/// Follows the evidence of questions through the stages of one pipeline.
struct EvidenceTrace {
    private let pipeline: Pipeline
    private let limit: ContextLimit
    private let tokens: DocumentTokens
    private let chunksOfDocument: [DocumentID: [Hit]]

    init(_ pipeline: Pipeline, limit: ContextLimit, tokens: DocumentTokens) {
        self.pipeline = pipeline
        self.limit = limit
        self.tokens = tokens
        let hits = pipeline.chunkSet.chunks.enumerated().map { position, chunk in
            (chunk.document, Hit(chunk: position, score: 0))
        }
        chunksOfDocument = Dictionary(grouping: hits, by: \.0).mapValues { $0.map(\.1) }
    }

    /// What became of a question's evidence, up to the context.
    func diagnosis(of item: EvaluationItem, vector: ArraySlice<Float>) async throws -> QuestionDiagnosis {
        let depth = pipeline.depth
        let pool = try await pipeline.candidatePool(item.question, vector: vector, limit: depth, allowed: nil)
        let reranked = try await pipeline.rerank(pool.fused, item.question)
        let documents = Set(item.evidence.joined().map(\.document))
        let all = units(of: documents.sorted { $0.rawValue < $1.rawValue }.flatMap { chunksOfDocument[$0] ?? [] })
        let inPool = Set((pool.lists.joined() + pool.fused).map(\.chunk))
        let candidates = units(of: inPool.sorted().map { Hit(chunk: $0, score: 0) })
        let before = metrics(item, pipeline.passages(of: pool.fused, limit: depth).map(\.chunk))
        let after = metrics(item, pipeline.passages(of: reranked, limit: depth).map(\.chunk))
        let pieces = item.evidence.indices.map { piece -> FailureCause? in
            let spans = item.evidence[piece]
            if spans.isEmpty { return .notParsed }
            if limit.holds(piece, of: after) { return nil }
            if !isHeld(spans, by: all) { return .cutInTwo }
            if !isHeld(spans, by: candidates) { return .notInPool }
            return limit.holds(piece, of: before) ? .lostByReranker : .outranked
        }
        let order = IdealOrder(evidence: item.evidence, tokens: tokens.index(of:))
        let ranking = value(after)
        // An ideal order that is only nearly ideal must not end below the real one.
        let best = max(value(metrics(item, order.passages(from: candidates))), ranking)
        let chunking = max(value(metrics(item, order.passages(from: all))), best)
        return QuestionDiagnosis(
            id: item.id, pieces: pieces,
            ceilings: QuestionDiagnosis.Ceilings(
                parsing: max(limit.ceiling(item.evidence.map { !$0.isEmpty }), chunking), chunking: chunking,
                pool: best, ranking: ranking
            )
        )
    }

    /// What a reader would get of these chunks, without anything left out.
    private func units(of hits: [Hit]) -> [Chunk] { pipeline.widened(hits).map(\.chunk) }

    private func isHeld(_ spans: [EvidenceSpan], by units: [Chunk]) -> Bool {
        spans.contains { span in units.contains { IdealOrder.holds($0, span) } }
    }

    private func metrics(_ item: EvaluationItem, _ chunks: [Chunk]) -> EvidenceMetrics {
        EvidenceMetrics(evidence: item.evidence, ranked: chunks, tokens: tokens.index(of:))
    }

    private func value(_ metrics: EvidenceMetrics) -> Double { metrics.value(named: limit.metric) ?? 0 }
}
