internal import Retrieval

extension Pipeline {
    /// How many bytes of memory the chunks and their indexes hold: texts, terms, postings and vectors, counted exactly;
    /// what the allocator adds is not.
    var indexBytes: Int {
        let passages = (chunkSet.chunks + (parents?.parents ?? [])).reduce(0) { $0 + $1.bytes }
        return passages + (lexical?.index.bytes ?? 0) + (dense?.bytes ?? 0)
    }

    /// The same pipeline without the stage cache: for measuring how long it takes when a question is new.
    var uncached: Pipeline {
        var stages = stages
        if let cached = stages.scorer as? CachedScorer { stages.scorer = cached.scorer }
        stages.passages = stages.passages.map { PassageEncoder(encoder: $0.encoder, cache: nil) }
        return Pipeline(
            configuration: configuration, chunkSet: chunkSet, corpus: corpus, tokens: tokens, lexical: lexical,
            dense: dense, parents: parents, stages: stages)
    }
}
