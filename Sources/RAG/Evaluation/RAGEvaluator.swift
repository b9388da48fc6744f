package import AutoML
package import Retrieval

/// Measures pipelines on golden questions.
package struct RAGEvaluator: Evaluator {
    let standard: MeasuredCorpus
    /// The questions' vectors, by encoder.
    private let vectors = SingleFlight<String, QuestionVectors>(capacity: .max)
    let corpora: @Sendable (Configuration) async throws -> MeasuredCorpus?

    /// Encodes the questions with each encoder once, when the first configuration has it.
    ///
    /// - Parameter corpora: for configurations whose documents are parsed in another way, the documents and the
    ///   evidence in them; nil for all others.
    package init(
        library: IndexLibrary, items: [EvaluationItem],
        corpora: @escaping @Sendable (Configuration) async throws -> MeasuredCorpus? = { _ in nil }
    ) {
        standard = MeasuredCorpus(library: library, items: items)
        self.corpora = corpora
    }

    /// The questions' vectors; none where the configuration needs none.
    func vectors(_ configuration: PipelineConfiguration) async throws -> [String: [Float]] {
        configuration.retrievesByVectors ? try await encoded(configuration).vectors : [:]
    }

    /// A question as a pipeline searches with it.
    func asked(_ item: EvaluationItem, _ pipeline: Pipeline) async throws -> EvaluationItem {
        var item = item
        item.question = try await pipeline.standalone(item.question, after: item.history)
        return item
    }

    /// The questions as the configuration's encoder reads them when they are served.
    private func encoded(_ configuration: PipelineConfiguration) async throws -> QuestionVectors {
        let library = standard.library
        guard configuration.needsVectors,
            let passages = try await library.encoders.model(configuration.encoder, parameter: "encoder"),
            configuration.retrievesByVectors || passages.encoder.isServed
        else { return QuestionVectors() }
        let items = standard.items.values.sorted { $0.id < $1.id }
        let key = passages.encoder.identity + "/" + configuration.history.rawValue
        let followUps = try await library.stages(configuration).followUps
        return try await vectors.value(for: key) {
            var asked = items
            for place in items.indices {
                asked[place].question = try await configuration.history.question(
                    items[place].question, after: items[place].history, followUps)
            }
            return try await QuestionVectors(asked, passages: passages, counter: library.counter)
        }
    }

    @concurrent
    package func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        let corpus = try await corpora(configuration) ?? standard
        let values = try PipelineConfiguration(configuration)
        let tally = TokenTally()
        let pipeline = try await corpus.library.pipeline(values).counting(tally, by: corpus.library.counter)
        let questions = try await encoded(values)
        let vectors = values.retrievesByVectors ? questions.vectors : [:]
        var measurements: [Measurement] = []
        for id in items {
            try Task.checkCancellation()
            guard let row = corpus.items[id] else {
                let failure = "There is no golden question \"\(id)\"."
                measurements.append(Measurement(item: id, metrics: [:], failure: failure))
                continue
            }
            let item = try await asked(row, pipeline)
            // As deep as the ranking goes: more than the largest context budget holds.
            let passages = try await pipeline.passages(
                item.question, vector: (vectors[id] ?? [])[...], limit: pipeline.depth)
            var metrics = Self.metrics(
                of: item, ranked: passages.lazy.map(\.chunk),
                run: Self.documents(passages).map { (id: $0.id.rawValue, score: $0.score) },
                tokens: corpus.library.tokens.index(of:))
            metrics[Self.encoderTokens] = questions.tokens[id]
            metrics[Self.rerankerTokens] = tally.take()
            measurements.append(Measurement(item: id, metrics: metrics))
        }
        return measurements
    }

    /// Questions are encoded once for all configurations, so without a model that is asked for every question and without
    /// a very large corpus one takes well under a millisecond.
    package func isCheap(_ configuration: Configuration) -> Bool {
        guard let values = try? PipelineConfiguration(configuration), values.queryTransform == "none",
            values.history != .rewrite
        else {
            return false
        }
        if case .pairScorer = values.reranker { return false }
        return standard.library.corpus.bytes < 50_000_000
    }

    /// The documents that a configuration finds for a question, best first, each with its best chunk's score.
    package func documents(
        for id: String, configuration: Configuration, limit: Int
    ) async throws -> [(id: DocumentID, score: Double)] {
        let corpus = try await corpora(configuration) ?? standard
        guard let row = corpus.items[id] else { return [] }
        let values = try PipelineConfiguration(configuration)
        let pipeline = try await corpus.library.pipeline(values)
        let item = try await asked(row, pipeline)
        let vector = try await vectors(values)[id] ?? []
        let passages = try await pipeline.passages(
            item.question, vector: vector[...], limit: max(pipeline.depth, limit))
        return Array(Self.documents(passages).prefix(limit))
    }

    /// The metrics of evidence, and those of relevance by document, that are measured of every configuration.
    package static let evidenceMetrics =
        ["evidence_recall"] + EvidenceMetrics.budgets.map { "evidence_recall@\($0)" } + [
            "evidence_hit@5", "evidence_mrr",
        ]
    package static let relevanceMetrics =
        ["ndcg@10", "map", "mrr", "hit@10", "precision@10", "recall@10", "recall@100"]

    /// How many tokens served models read for a question when nothing of it is cached: those of the encoder, and those of
    /// the reranker. Absent where nobody is asked.
    package static let encoderTokens = "encoder_tokens"
    package static let rerankerTokens = "reranker_tokens"

    /// Judges a ranking of passages, and the ranking of documents that it amounts to.
    static func metrics(
        of item: EvaluationItem, ranked: some Sequence<Chunk>, run: @autoclosure () -> [(id: String, score: Double)],
        tokens: (DocumentID) -> TokenIndex
    ) -> [String: Double] {
        var result: [String: Double] = [:]
        if !item.evidence.isEmpty {
            let metrics = EvidenceMetrics(evidence: item.evidence, ranked: ranked, tokens: tokens)
            for name in evidenceMetrics { result[name] = metrics.value(named: name) }
        }
        if !item.relevance.isEmpty {
            let metrics = RankingMetrics(qrels: item.relevance, run: run())
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
