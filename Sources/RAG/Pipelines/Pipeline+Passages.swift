package import Retrieval

/// A piece of a document that was found for a question.
package struct RankedPassage: Sendable, Hashable {
    /// The piece.
    package var chunk: Chunk
    /// The position of its document in the corpus.
    package var document: Int
    /// The score; greater is better.
    package var score: Float
    /// The position of the chunk that was found, which may be only a part of the piece.
    package var found: Int
}

extension Pipeline {
    /// The best passages for a question, best first: the hits, or their parents, with their neighbours, without
    /// repetition, within the budget. Passages may overlap; ``merged(_:)`` joins them.
    ///
    /// - Parameters:
    ///   - question: the question as it was asked.
    ///   - vector: the question's vector; needed where the pipeline retrieves by vectors.
    ///   - limit: how many passages at most.
    ///   - allowed: by chunk position, whether it may be found; all may, where nil.
    package func passages(
        _ question: String, vector: ArraySlice<Float>, limit: Int, allowed: [Bool]? = nil
    ) async throws -> [RankedPassage] {
        passages(of: try await rank(question, vector: vector, limit: limit, allowed: allowed), limit: limit)
    }

    /// The passages of ranked chunks: widened, without repetition, within the budget.
    func passages(of hits: [Hit], limit: Int) -> [RankedPassage] {
        var passages = widened(hits)
        if configuration.context.deduplicates {
            passages = ContextAssembly.withoutRepetition(passages.map(\.chunk)).map { passages[$0] }
        }
        passages = Array(passages.prefix(limit))
        if configuration.context.budget > 0 {
            let count = ContextAssembly.count(
                of: passages.map(\.chunk), within: configuration.context.budget, tokens: tokens.index(of:))
            passages = Array(passages.prefix(count))
        }
        return passages
    }

    /// Passages for a reader: those of one document that touch are one, at the place of the best of them.
    package func merged(_ passages: [RankedPassage]) -> [RankedPassage] {
        let context = configuration.context
        guard parents != nil || context.neighbours > 0 || context.deduplicates else { return passages }
        return ContextAssembly.merged(passages.map(\.chunk)) { corpus[$0]?.text ?? "" }.map { passage, parts in
            var best = passages[parts[0]]
            best.chunk = passage
            return best
        }
    }

    /// Each hit, or its parent, with its neighbours.
    func widened(_ hits: [Hit]) -> [RankedPassage] {
        let units = parents?.parents ?? chunkSet.chunks
        let ranked = parents?.parents(of: hits) ?? hits.map { (parent: $0.chunk, best: $0) }
        return ranked.map { unit, best in
            let document = chunkSet.documents[best.chunk]
            let passage = NeighbourWindow.passage(
                around: unit, reach: configuration.context.neighbours, in: units,
                text: corpus.documents[document].text
            )
            return RankedPassage(chunk: passage, document: document, score: best.score, found: best.chunk)
        }
    }
}
