internal import Base
package import Retrieval

/// A pipeline that finds passages for queries: what `/v1/retrieve` does, and what latency is measured on.
package struct LiveRetrieval: Sendable {
    let pipeline: Pipeline
    let lines: [LineIndex]
    private let encoder: (any TextEncoder)?

    /// Retrieval over a pipeline whose indexes are built.
    ///
    /// - Parameter encoder: needed where the pipeline has a dense half. It is asked for every query anew.
    package init(pipeline: Pipeline, encoder: (any TextEncoder)?) {
        self.pipeline = pipeline
        self.encoder = encoder
        lines = pipeline.corpus.documents.map { LineIndex($0.text) }
    }

    /// How many bytes of memory the chunks and their indexes hold: texts, terms, postings and vectors.
    package var indexBytes: Int { pipeline.indexBytes }

    /// The same without the caches of stages: a reranker is asked for every query anew.
    package var uncached: LiveRetrieval { LiveRetrieval(pipeline: pipeline.uncached, encoder: encoder) }

    /// The best passages.
    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        var query = query
        query.text = try await pipeline.standalone(query.text, after: query.history)
        let vector: [Float] =
            if pipeline.dense != nil, let encoder { try await encoder.encodeQueries([query.text]).values } else { [] }
        let allowed = query.filter.isEmpty && query.excluding.isEmpty ? nil : allowedChunks(query)
        let passages = try await pipeline.passages(
            query.text, vector: vector[...], limit: query.limit, allowed: allowed)
        return pipeline.merged(passages).map { retrieved($0, vector: vector) }
    }

    private func retrieved(_ passage: RankedPassage, vector: [Float]) -> RetrievedPassage {
        let chunk = passage.chunk
        let document = pipeline.corpus.documents[passage.document]
        return RetrievedPassage(
            id: "\(chunk.document)#\(chunk.range.lowerBound)-\(chunk.range.upperBound)",
            document: chunk.document, title: document.title, headings: chunk.headings, text: chunk.text,
            range: chunk.range, line: lines[passage.document].line(at: chunk.range.lowerBound),
            score: Double(passage.score),
            similarity: vector.isEmpty
                ? nil : pipeline.dense.map { Self.cosine($0[row: passage.found][...], vector) },
            metadata: document.metadata, page: document.page(at: chunk.range.lowerBound),
            pageBreaks: document.pageBreaks(in: chunk.range)
        )
    }

    /// Both vectors have length 1.
    private static func cosine(_ left: ArraySlice<Float>, _ right: [Float]) -> Double {
        Double(zip(left, right).reduce(Float(0)) { $0 + $1.0 * $1.1 })
    }

    /// The filter is decided for each document once, before anything is ranked: a hit is never lost to it.
    private func allowedChunks(_ query: Query) -> [Bool] {
        let documents = pipeline.corpus.documents.map { document in
            !query.excluding.contains(document.id)
                && query.filter.allSatisfy { name, wanted in
                    guard let value = document.metadata[name] else { return false }
                    return value == wanted || value.array?.contains(wanted) == true
                }
        }
        return pipeline.chunkSet.documents.map { documents[$0] }
    }
}
