package import Base
package import Retrieval

/// A pipeline that answers queries: what `neo serve` and `neo ask` stand on.
package struct LiveService: QueryService {
    package let summary: [String: JSONValue]
    private let pipeline: Pipeline
    private let encoder: (any TextEncoder)?
    private let answerer: ExtractiveAnswerer
    private let lines: [LineIndex]

    /// A service over a pipeline whose indexes are built.
    ///
    /// - Parameters:
    ///   - encoder: needed where the pipeline has a dense half; with it, answers also weigh meaning.
    ///   - summary: what `/readyz` and the log tell of the release.
    package init(pipeline: Pipeline, encoder: (any TextEncoder)?, summary: [String: JSONValue]) {
        self.pipeline = pipeline
        self.encoder = encoder
        self.summary = summary
        answerer = ExtractiveAnswerer(encoder: encoder)
        lines = pipeline.corpus.documents.map { LineIndex($0.text) }
    }

    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        let vector: [Float] =
            if pipeline.dense != nil, let encoder { try await encoder.encode([query.text]).values } else { [] }
        let allowed = query.filter.isEmpty ? nil : allowedChunks(query.filter)
        let hits = pipeline.rank(query.text, vector: vector[...], limit: query.limit, allowed: allowed)
        return hits.map { passage($0, vector: vector) }
    }

    @concurrent
    package func answer(_ query: Query) async throws -> Answer {
        try await answerer.answer(query.text, from: try await retrieve(query))
    }

    private func passage(_ hit: Hit, vector: [Float]) -> RetrievedPassage {
        let chunk = pipeline.chunkSet.chunks[hit.chunk]
        let position = pipeline.chunkSet.documents[hit.chunk]
        let document = pipeline.corpus.documents[position]
        return RetrievedPassage(
            id: "\(chunk.document)#\(chunk.range.lowerBound)-\(chunk.range.upperBound)",
            document: chunk.document, title: document.title, headings: chunk.headings, text: chunk.text,
            range: chunk.range, line: lines[position].line(at: chunk.range.lowerBound), score: Double(hit.score),
            similarity: vector.isEmpty ? nil : pipeline.dense.map { Self.cosine($0.matrix[row: hit.chunk], vector) },
            metadata: document.metadata, page: document.page(at: chunk.range.lowerBound),
            pageBreaks: document.pageStarts.isEmpty
                ? nil
                : document.pageStarts.filter { chunk.range.lowerBound < $0 && $0 < chunk.range.upperBound }
                    .map { $0 - chunk.range.lowerBound }
        )
    }

    /// Both vectors have length 1.
    private static func cosine(_ left: ArraySlice<Float>, _ right: [Float]) -> Double {
        Double(zip(left, right).reduce(Float(0)) { $0 + $1.0 * $1.1 })
    }

    /// The filter is decided for each document once, before anything is ranked: a hit is never lost to it.
    private func allowedChunks(_ filter: [String: JSONValue]) -> [Bool] {
        let documents = pipeline.corpus.documents.map { document in
            filter.allSatisfy { name, wanted in
                guard let value = document.metadata[name] else { return false }
                return value == wanted || value.array?.contains(wanted) == true
            }
        }
        return pipeline.chunkSet.documents.map { documents[$0] }
    }
}
