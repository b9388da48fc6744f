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

    /// The documents.
    package let corpus: Corpus
    /// The counter by which every configuration is cut and measured.
    package let counter: any TokenCounter
    private let passages: PassageEncoder?
    private let chunkSets = SingleFlight<PipelineConfiguration.Chunking, ChunkSet>(capacity: 8)
    private let terms = SingleFlight<TermsKey, [[String]]>(capacity: 4)
    private let lexicalIndexes = SingleFlight<LexicalKey, BM25Index>(capacity: 8)
    private let denseIndexes = SingleFlight<TextKey, FlatIndex>(capacity: 8)

    /// A library over a corpus. Without `passages` only lexical pipelines can be built.
    package init(corpus: Corpus, counter: any TokenCounter, passages: PassageEncoder?) {
        self.corpus = corpus
        self.counter = counter
        self.passages = passages
    }

    /// The analyser of a lexical configuration; queries must go through the same one as the chunks.
    package static func analyzer(_ lexical: PipelineConfiguration.Lexical) throws -> Analyzer {
        try Analyzer(
            stemmer: lexical.stemming ? Stemmer(language: "english") : nil,
            stopWords: lexical.stopWords ? .english : .none,
            codeAware: true
        )
    }

    /// The chunks of a way of cutting.
    package func chunkSet(_ chunking: PipelineConfiguration.Chunking) async throws -> ChunkSet {
        let (corpus, counter) = (corpus, counter)
        return try await chunkSets.value(for: chunking) {
            await ChunkSet(corpus, chunking: chunking, counter: counter)
        }
    }

    /// Everything that a configuration needs to answer queries.
    package func pipeline(_ configuration: PipelineConfiguration) async throws -> Pipeline {
        let chunkSet = try await chunkSet(configuration.chunking)
        let key = TextKey(chunking: configuration.chunking, header: configuration.contextualHeader)
        switch configuration.retrieval {
        case .lexical(let lexical):
            return Pipeline(
                configuration: configuration, chunkSet: chunkSet, corpus: corpus,
                lexical: try await lexicalHalf(key, lexical, chunkSet), dense: nil
            )
        case .dense:
            return Pipeline(
                configuration: configuration, chunkSet: chunkSet, corpus: corpus,
                lexical: nil, dense: try await dense(key, chunkSet)
            )
        case .hybrid(let lexical, _, _):
            async let lexicalHalf = lexicalHalf(key, lexical, chunkSet)
            async let dense = dense(key, chunkSet)
            return Pipeline(
                configuration: configuration, chunkSet: chunkSet, corpus: corpus,
                lexical: try await lexicalHalf, dense: try await dense
            )
        }
    }

    private func lexicalHalf(
        _ key: TextKey, _ lexical: PipelineConfiguration.Lexical, _ chunkSet: ChunkSet
    ) async throws -> Pipeline.LexicalHalf {
        let analyzer = try Self.analyzer(lexical)
        let (corpus, terms) = (corpus, terms)
        let index = try await lexicalIndexes.value(for: LexicalKey(text: key, lexical: lexical)) {
            let termsKey = TermsKey(text: key, stemming: lexical.stemming, stopWords: lexical.stopWords)
            let documents = try await terms.value(for: termsKey) {
                analyzer.terms(ofAll: chunkSet.indexedTexts(in: corpus, withHeader: key.header))
            }
            return BM25Index(documents: documents, k1: lexical.k1, b: lexical.b)
        }
        return Pipeline.LexicalHalf(index: index, analyzer: analyzer)
    }

    private func dense(_ key: TextKey, _ chunkSet: ChunkSet) async throws -> FlatIndex {
        guard let passages else {
            throw RAGError(
                code: .encoderMissing,
                message: "This configuration retrieves by meaning, which needs an encoder, but the project has "
                    + "`encoder: none`. Name one in neo.yaml, or take `retriever: bm25`."
            )
        }
        let corpus = corpus
        return try await denseIndexes.value(for: key) {
            FlatIndex(matrix: try await passages.encode(chunkSet.indexedTexts(in: corpus, withHeader: key.header)))
        }
    }
}
