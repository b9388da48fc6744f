package import Retrieval

/// Builds the indexes of a corpus, and shares what configurations have in common: all configurations with the same
/// chunking share its chunks, all that also index the same texts share terms and vectors.
package final class IndexLibrary: Sendable {
    /// What to index: a way of cutting, with or without header.
    private struct TextKey: Hashable, Sendable {
        var chunking: PipelineConfiguration.Chunking
        var header: Bool
    }

    private struct TermsKey: Hashable, Sendable {
        var text: TextKey
        var stemming: Bool
        var stopWords: Bool
    }

    private struct LexicalKey: Hashable, Sendable {
        var text: TextKey
        var lexical: PipelineConfiguration.Lexical
    }

    private struct VectorsKey: Hashable, Sendable {
        var text: TextKey
        var encoder: String?
        var storage: VectorStorage
    }

    private struct ParentKey: Hashable, Sendable {
        var chunking: PipelineConfiguration.Chunking
        var tokens: Int
    }

    /// The documents.
    package let corpus: Corpus
    /// The counter by which every configuration is cut and measured.
    package let counter: any TokenCounter
    /// The language of the documents: what their words are stemmed by and left out.
    package let language: TextLanguage
    let tokens: DocumentTokens
    let encoders: NamedModels<PassageEncoder>
    package let scorers: NamedModels<any PairScorer>
    let transforms: [String: any QueryTransform]
    let followUps: FollowUps?
    private let parentSets = SingleFlight<ParentKey, ParentPassages>(capacity: 8)
    private let chunkSets = SingleFlight<PipelineConfiguration.Chunking, ChunkSet>(capacity: 8)
    private let terms = SingleFlight<TermsKey, [[String]]>(capacity: 4)
    private let lexicalIndexes = SingleFlight<LexicalKey, BM25Index>(capacity: 8)
    private let denseIndexes = SingleFlight<VectorsKey, DenseIndex>(capacity: 8)

    /// A library over a corpus.
    ///
    /// - Parameters:
    ///   - encoders: what `encoder` may name; without one only lexical pipelines can be built.
    ///   - scorers: what `reranker: cross-encoder` may ask.
    ///   - transforms: what `query.transform` may name besides `none`.
    ///   - followUps: what `query.history: rewrite` asks.
    package init(
        corpus: Corpus, counter: any TokenCounter, encoders: NamedModels<PassageEncoder>,
        language: TextLanguage = .english, scorers: NamedModels<any PairScorer> = NamedModels(nil),
        transforms: [String: any QueryTransform] = [:], followUps: FollowUps? = nil
    ) {
        self.followUps = followUps
        self.corpus = corpus
        self.counter = counter
        self.encoders = encoders
        self.language = language
        self.scorers = scorers
        self.transforms = transforms
        tokens = DocumentTokens(corpus: corpus, counter: counter)
    }

    /// The analyser of a lexical configuration; queries must go through the same one as the chunks.
    package func analyzer(_ lexical: PipelineConfiguration.Lexical) throws -> Analyzer {
        try language.analyzer(stemming: lexical.stemming, stopWords: lexical.stopWords)
    }

    /// The chunks of a way of cutting.
    package func chunkSet(_ chunking: PipelineConfiguration.Chunking) async throws -> ChunkSet {
        let (corpus, counter, encoders) = (corpus, counter, encoders)
        return try await chunkSets.value(for: chunking) {
            var passages: PassageEncoder?
            if case .semantic(_, _, _, _, let encoder) = chunking {
                passages = try await encoders.model(encoder, parameter: "encoder")
            }
            return try await ChunkSet(corpus, chunking: chunking, counter: counter, passages: passages)
        }
    }

    /// Everything that a configuration needs to answer queries.
    package func pipeline(_ configuration: PipelineConfiguration) async throws -> Pipeline {
        let stages = try await stages(configuration)
        let chunkSet = try await chunkSet(configuration.chunking)
        let key = TextKey(chunking: configuration.chunking, header: configuration.contextualHeader)
        async let lexicalHalf: Pipeline.LexicalHalf? =
            switch configuration.retrieval {
            case .lexical(let lexical), .hybrid(let lexical, _, _): try await self.lexicalHalf(key, lexical, chunkSet)
            case .dense: nil
            }
        let vectorsKey = VectorsKey(
            text: key, encoder: configuration.encoder, storage: configuration.vectorStorage
        )
        async let dense: DenseIndex? =
            configuration.needsVectors ? try await self.dense(vectorsKey, chunkSet, stages.passages) : nil
        async let parents: ParentPassages? =
            configuration.parentTokens > 0 ? try await self.parents(configuration, chunkSet) : nil
        return Pipeline(
            configuration: configuration, chunkSet: chunkSet, corpus: corpus, tokens: tokens,
            lexical: try await lexicalHalf, dense: try await dense, parents: try await parents, stages: stages
        )
    }

    private func parents(_ configuration: PipelineConfiguration, _ chunkSet: ChunkSet) async throws -> ParentPassages {
        let key = ParentKey(chunking: configuration.chunking, tokens: configuration.parentTokens)
        let (corpus, counter) = (corpus, counter)
        return try await parentSets.value(for: key) {
            ParentPassages(
                chunks: chunkSet.chunksByDocument(count: corpus.documents.count), documents: corpus.documents,
                parents: StructureChunker(maximumTokens: key.tokens, counter: counter)
            )
        }
    }

    private func lexicalHalf(
        _ key: TextKey, _ lexical: PipelineConfiguration.Lexical, _ chunkSet: ChunkSet
    ) async throws -> Pipeline.LexicalHalf {
        let analyzer = try analyzer(lexical)
        var key = key
        // Title and headings are not said twice.
        if lexical.titleWeight > 0 { key.header = false }
        let (corpus, terms, textKey) = (corpus, terms, key)
        let index = try await lexicalIndexes.value(for: LexicalKey(text: key, lexical: lexical)) {
            let termsKey = TermsKey(text: textKey, stemming: lexical.stemming, stopWords: lexical.stopWords)
            let documents = try await terms.value(for: termsKey) {
                analyzer.terms(ofAll: chunkSet.indexedTexts(in: corpus, withHeader: textKey.header))
            }
            guard lexical.titleWeight > 0 else {
                return BM25Index(documents: documents, k1: lexical.k1, b: lexical.b, variant: lexical.variant)
            }
            let titles = analyzer.terms(ofAll: chunkSet.titles(in: corpus))
            return BM25Index(
                fields: [
                    BM25Field(documents: documents, weight: 1, b: lexical.b),
                    BM25Field(documents: titles, weight: lexical.titleWeight, b: lexical.b),
                ], k1: lexical.k1, variant: lexical.variant
            )
        }
        return Pipeline.LexicalHalf(index: index, analyzer: analyzer)
    }

    private func dense(
        _ key: VectorsKey, _ chunkSet: ChunkSet, _ passages: PassageEncoder?
    ) async throws -> DenseIndex {
        guard let passages else { throw RAGError.encoderMissing("goes by meaning", instead: "retriever: bm25") }
        let corpus = corpus
        return try await denseIndexes.value(for: key) {
            let texts = chunkSet.indexedTexts(in: corpus, withHeader: key.text.header)
            return try DenseIndex(matrix: try await passages.encode(texts), storage: key.storage)
        }
    }
}
