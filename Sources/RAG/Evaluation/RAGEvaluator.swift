package import AutoML
package import Retrieval

/// Measures pipelines on golden questions.
package struct RAGEvaluator: Evaluator {
    private let passages: PassageEncoder?
    private let vectors = SingleFlight<Bool, [String: [Float]]>(capacity: 1)
    private let standard: MeasuredCorpus
    private let corpora: @Sendable (Configuration) async throws -> MeasuredCorpus?

    /// An evaluator of some questions. They are encoded once for all configurations, when the first one needs it.
    ///
    /// - Parameter corpora: for configurations whose documents are parsed in another way, the documents and the
    ///   evidence in them; nil for all others.
    package init(
        library: IndexLibrary, items: [EvaluationItem], passages: PassageEncoder?,
        corpora: @escaping @Sendable (Configuration) async throws -> MeasuredCorpus? = { _ in nil }
    ) {
        standard = MeasuredCorpus(library: library, items: items)
        self.corpora = corpora
        self.passages = passages
    }

    /// The questions' vectors by their ids; none where the pipeline does not look at them.
    private func questionVectors(_ pipeline: Pipeline) async throws -> [String: [Float]] {
        guard let passages, pipeline.configuration.retrievesByVectors else { return [:] }
        let items = standard.items.values.sorted { $0.id < $1.id }
        return try await vectors.value(for: true) {
            let matrix = try await passages.encodeQueries(items.map(\.question))
            return Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.id, Array(matrix[row: $0])) })
        }
    }

    @concurrent
    package func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        let corpus = try await corpora(configuration) ?? standard
        let pipeline = try await corpus.library.pipeline(PipelineConfiguration(configuration))
        let vectors = try await questionVectors(pipeline)
        var measurements: [Measurement] = []
        for id in items {
            try Task.checkCancellation()
            guard let item = corpus.items[id] else {
                let failure = "There is no golden question \"\(id)\"."
                measurements.append(Measurement(item: id, metrics: [:], failure: failure))
                continue
            }
            // As deep as the ranking goes: more than the largest context budget holds.
            let passages = try await pipeline.passages(
                item.question, vector: (vectors[id] ?? [])[...], limit: pipeline.depth)
            let metrics = Self.metrics(of: item, passages: passages, tokens: corpus.library.tokens)
            measurements.append(Measurement(item: id, metrics: metrics))
        }
        return measurements
    }

    /// The documents that a configuration finds for a question, best first, each with its best chunk's score.
    package func documents(
        for id: String, configuration: Configuration, limit: Int
    ) async throws -> [(id: DocumentID, score: Double)] {
        let corpus = try await corpora(configuration) ?? standard
        guard let item = corpus.items[id] else { return [] }
        let pipeline = try await corpus.library.pipeline(PipelineConfiguration(configuration))
        let vectors = try await questionVectors(pipeline)
        let passages = try await pipeline.passages(
            item.question, vector: (vectors[id] ?? [])[...], limit: max(pipeline.depth, limit))
        return Array(Self.documents(passages).prefix(limit))
    }

    /// The metrics of evidence, and those of relevance by document, that are measured of every configuration.
    package static let evidenceMetrics =
        ["evidence_recall"] + EvidenceMetrics.budgets.map { "evidence_recall@\($0)" } + [
            "evidence_hit@5", "evidence_mrr",
        ]
    package static let relevanceMetrics =
        ["ndcg@10", "map", "mrr", "hit@10", "precision@10", "recall@10", "recall@100"]

    private static func metrics(
        of item: EvaluationItem, passages: [RankedPassage], tokens: DocumentTokens
    ) -> [String: Double] {
        var result: [String: Double] = [:]
        if !item.evidence.isEmpty {
            let metrics = EvidenceMetrics(
                evidence: item.evidence, ranked: passages.lazy.map(\.chunk), tokens: tokens.index(of:))
            for name in evidenceMetrics { result[name] = metrics.value(named: name) }
        }
        if !item.relevance.isEmpty {
            let run = documents(passages).map { (id: $0.id.rawValue, score: $0.score) }
            let metrics = RankingMetrics(qrels: item.relevance, run: run)
            for name in relevanceMetrics { result[name] = metrics.value(named: name) }
        }
        return result
    }

    /// A document is as good as its best chunk.
    private static func documents(_ passages: [RankedPassage]) -> [(id: DocumentID, score: Double)] {
        var seen: Set<DocumentID> = []
        return passages.compactMap { passage in
            let id = passage.chunk.document
            return seen.insert(id).inserted ? (id, Double(passage.score)) : nil
        }
    }
}
