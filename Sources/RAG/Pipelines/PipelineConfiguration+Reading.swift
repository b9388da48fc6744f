package import AutoML
internal import Retrieval

extension PipelineConfiguration {
    /// Reads a point of the search space. A parameter that it lacks means what Neo did before the parameter was there.
    ///
    /// - Throws: `RAGError` where a value is missing or of the wrong type; the sentence names the parameter.
    package init(_ configuration: Configuration) throws(RAGError) {
        let reader = ConfigurationReader(configuration)
        chunking = try Chunking(reader)
        parentTokens = try reader.integer("chunk.parent", in: 0...1_000_000, default: 0)
        contextualHeader = try reader.bool("chunk.header", default: false)
        queryTransform = try reader.string("query.transform", default: "none")
        let use = try reader.string("query.history", default: HistoryUse.none.rawValue)
        guard let use = HistoryUse(rawValue: use) else {
            throw reader.unknown(use, of: "query.history", known: HistoryUse.allCases.map(\.rawValue))
        }
        history = use
        retrieval = try Retrieval(reader)
        encoder = try reader.name("encoder")
        let storage = try reader.string("dense.storage", default: VectorStorage.float32.rawValue)
        guard let storage = VectorStorage(rawValue: storage) else {
            throw reader.unknown(storage, of: "dense.storage", known: VectorStorage.allCases.map(\.rawValue))
        }
        vectorStorage = storage
        reranker = try Reranker(reader)
        context = Context(
            neighbours: try reader.integer("context.neighbours", in: 0...100, default: 0),
            deduplicates: try reader.bool("context.deduplicate", default: false),
            budget: try reader.integer("context.budget", in: 0...10_000_000, default: 0)
        )
    }
}

extension PipelineConfiguration.Chunking {
    init(_ reader: ConfigurationReader) throws(RAGError) {
        let size = try reader.integer("chunk.size", in: 8...100_000)
        switch try reader.string("chunker") {
        case "tokens":
            self = .tokens(size: size, overlap: try reader.integer("chunk.overlap", in: 0...(size - 1), default: 0))
        case "structure": self = .structure(maximumTokens: size)
        case "sentences":
            self = .sentences(
                maximumTokens: size, overlap: try reader.integer("chunk.sentence_overlap", in: 0...1000, default: 1))
        case "semantic":
            self = .semantic(
                maximumTokens: size,
                minimumTokens: try reader.integer("semantic.minimum", in: 0...(size - 1), default: min(32, size - 1)),
                percentile: try reader.number("semantic.percentile", in: 0...100, default: 20),
                window: try reader.integer("semantic.window", in: 1...100, default: 2),
                encoder: try reader.name("encoder")
            )
        case let other:
            throw reader.unknown(other, of: "chunker", known: ["structure", "tokens", "sentences", "semantic"])
        }
    }
}

extension PipelineConfiguration.Retrieval {
    init(_ reader: ConfigurationReader) throws(RAGError) {
        switch try reader.string("retriever") {
        case "bm25": self = .lexical(try PipelineConfiguration.Lexical(reader))
        case "dense": self = .dense
        case "hybrid":
            self = .hybrid(
                try PipelineConfiguration.Lexical(reader), try PipelineConfiguration.Fusion(reader),
                denseWeight: try reader.number("fusion.dense_weight", in: 0...1, default: 0.5)
            )
        case let other: throw reader.unknown(other, of: "retriever", known: ["bm25", "dense", "hybrid"])
        }
    }
}

extension PipelineConfiguration.Fusion {
    init(_ reader: ConfigurationReader) throws(RAGError) {
        switch try reader.string("fusion", default: "rrf") {
        case "rrf": self = .reciprocalRank(k: try reader.number("fusion.k", in: 0...10_000, default: 60))
        case "convex":
            let name = try reader.string("fusion.normalisation", default: ScoreNormalisation.minMax.rawValue)
            guard let normalisation = ScoreNormalisation(rawValue: name) else {
                let known = ScoreNormalisation.allCases.map(\.rawValue)
                throw reader.unknown(name, of: "fusion.normalisation", known: known)
            }
            self = .convex(normalisation)
        case let other: throw reader.unknown(other, of: "fusion", known: ["rrf", "convex"])
        }
    }
}

extension PipelineConfiguration.Reranker {
    init(_ reader: ConfigurationReader) throws(RAGError) {
        let depth = try reader.integer("reranker.depth", in: 1...10_000, default: 50)
        switch try reader.string("reranker", default: "none") {
        case "none": self = .none
        case "mmr":
            self = .diversity(lambda: try reader.number("reranker.lambda", in: 0...1, default: 0.7), depth: depth)
        case "cross-encoder": self = .pairScorer(depth: depth, model: try reader.name("reranker.model"))
        case let other: throw reader.unknown(other, of: "reranker", known: ["none", "mmr", "cross-encoder"])
        }
    }
}

extension PipelineConfiguration.Lexical {
    init(_ reader: ConfigurationReader) throws(RAGError) {
        k1 = try reader.number("bm25.k1", in: 0...100, default: 1.2)
        b = try reader.number("bm25.b", in: 0...1, default: 0.75)
        stemming = try reader.bool("bm25.stemming", default: true)
        stopWords = try reader.bool("bm25.stop_words", default: true)
        titleWeight = try reader.number("bm25.title_weight", in: 0...100, default: 0)
        let name = try reader.string("bm25.variant", default: BM25Variant.lucene.rawValue)
        guard let variant = BM25Variant(rawValue: name) else {
            throw reader.unknown(name, of: "bm25.variant", known: BM25Variant.allCases.map(\.rawValue))
        }
        self.variant = variant
    }
}
