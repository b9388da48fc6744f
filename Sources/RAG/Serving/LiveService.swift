package import Base
package import Retrieval

/// A pipeline that answers queries: what `neo serve` and `neo ask` stand on.
package struct LiveService: QueryService {
    package let summary: [String: JSONValue]
    private let pipeline: Pipeline
    private let encoder: (any TextEncoder)?
    private let answerer: ExtractiveAnswerer
    private let lines: [LineIndex]
    private let positions: [DocumentID: Int]

    /// A service over a pipeline whose indexes are built.
    ///
    /// - Parameters:
    ///   - encoder: needed where the pipeline has a dense half; with it, answers also weigh meaning.
    ///   - language: the language that questions are asked in.
    ///   - summary: what `/readyz` and the log tell of the release.
    package init(
        pipeline: Pipeline, encoder: (any TextEncoder)?, language: TextLanguage = .english,
        summary: [String: JSONValue]
    ) {
        self.pipeline = pipeline
        self.encoder = encoder
        self.summary = summary
        let analyzer = Analyzer.forQuestions(in: language)
        let texts = pipeline.chunkSet.indexedTexts(in: pipeline.corpus, withHeader: true)
        answerer = ExtractiveAnswerer(
            weights: TermWeights(texts, analyzer: analyzer), encoder: encoder, analyzer: analyzer)
        lines = pipeline.corpus.documents.map { LineIndex($0.text) }
        positions = Dictionary(
            pipeline.corpus.documents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        let vector: [Float] =
            if pipeline.dense != nil, let encoder { try await encoder.encodeQueries([query.text]).values } else { [] }
        let allowed = query.filter.isEmpty && query.excluding.isEmpty ? nil : allowedChunks(query)
        let passages = try await pipeline.passages(
            query.text, vector: vector[...], limit: query.limit, allowed: allowed)
        return pipeline.merged(passages).map { retrieved($0, vector: vector) }
    }

    @concurrent
    package func answer(_ query: Query) async throws -> Answer {
        try await answerer.answer(query.text, from: try await retrieve(query).map(whole))
    }

    /// A passage that begins and ends where paragraphs do; its id goes on naming what was found.
    private func whole(_ passage: RetrievedPassage) -> RetrievedPassage {
        guard let position = positions[passage.document] else { return passage }
        let document = pipeline.corpus.documents[position]
        let range = document.wholeBlocks(around: passage.range)
        guard range != passage.range else { return passage }
        var whole = passage
        whole.range = range
        let text = document.text.utf8
        let start = text.index(text.startIndex, offsetBy: range.lowerBound)
        whole.text = String(document.text[start..<text.index(start, offsetBy: range.count)])
        whole.line = lines[position].line(at: range.lowerBound)
        whole.page = document.page(at: range.lowerBound)
        whole.pageBreaks = document.pageBreaks(in: range)
        return whole
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
