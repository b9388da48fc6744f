package import AutoML

extension RAGSpace {
    /// The parameters by the stage that first needs them, the earliest first: parsing, cutting, terms, the lexical index,
    /// vectors; then what is done anew for every question. Configurations with the same values of the first of them share
    /// what those stages make.
    package static func stages(of space: SearchSpace) -> [String] {
        space.parameters.map(\.name).filter { $0.hasPrefix("parser.") } + [
            "chunker", "chunk.size", "chunk.overlap", "chunk.sentence_overlap", "semantic.percentile",
            "semantic.window", "semantic.minimum", "chunk.parent", "chunk.header", "bm25.stemming", "bm25.stop_words",
            "bm25.title_weight",
            "bm25.variant", "bm25.k1", "bm25.b", "encoder", "dense.storage",
        ]
    }
}
