package import Base
package import Retrieval
internal import Telemetry
internal import Tracing

/// A pipeline that answers queries: what `neo serve` and `neo ask` stand on.
package struct LiveService: QueryService {
    package let summary: [String: JSONValue]
    private let retrieval: LiveRetrieval
    private let encoder: (any TextEncoder)?
    private let answerer: ExtractiveAnswerer
    private let support: CitationSupport
    private var generative: GenerativeAnswerer?
    private var rewriter: FollowUpRewriter?
    private let positions: [DocumentID: Int]

    /// A service over a pipeline whose indexes are built.
    ///
    /// - Parameters:
    ///   - encoder: needed where the pipeline has a dense half; with it, answers also weigh meaning.
    ///   - language: the language that questions are asked in.
    ///   - generator: what writes the answers; nil for answers made of quotes.
    ///   - summary: what `/readyz` and the log tell of the release.
    package init(
        pipeline: Pipeline, encoder: (any TextEncoder)?, language: TextLanguage = .english,
        generator: Generator? = nil, summary: [String: JSONValue]
    ) {
        retrieval = LiveRetrieval(pipeline: pipeline, encoder: encoder)
        self.summary = summary
        self.encoder = encoder
        let analyzer = Analyzer.forQuestions(in: language)
        let texts = pipeline.chunkSet.indexedTexts(in: pipeline.corpus, withHeader: true)
        let weights = TermWeights(texts, analyzer: analyzer)
        let answerer = ExtractiveAnswerer(weights: weights, encoder: encoder, analyzer: analyzer)
        self.answerer = answerer
        support = CitationSupport(analyzer: analyzer, weights: weights)
        positions = Dictionary(
            pipeline.corpus.documents.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        write(by: generator)
    }

    /// The same release with answers that another one writes, or quotes where that is nil. What was counted of all passages
    /// is shared.
    package func written(by generator: Generator?) -> LiveService {
        var service = self
        service.write(by: generator)
        return service
    }

    private mutating func write(by generator: Generator?) {
        rewriter = generator.flatMap { $0.options.rewritesFollowUps ? FollowUpRewriter(model: $0.model) : nil }
        generative = generator.map {
            GenerativeAnswerer(model: $0.model, options: $0.options, quotes: answerer, support: support)
        }
    }

    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        try await found(query).map(\.visible)
    }

    /// By the encoder of this release; nil without one, and where somebody else serves it, who may want money.
    @concurrent
    package func meaning(of questions: [String]) async throws -> Matrix? {
        guard let encoder, !encoder.isServed else { return nil }
        return try await encoder.encodeQueries(questions)
    }

    /// What was found, to the letter: places are counted in it.
    private func found(_ query: Query) async throws -> [RetrievedPassage] {
        let source = summary["project"]?.string
        return try await withOperation(.retrieval, source) { operation in
            operation?.set(.dataSource, source)
            let passages = try await QuestionTrace.timing(.retrieve) { try await retrieval.retrieve(query) }
            operation?.describe(query, passages)
            return passages
        }
    }

    @concurrent
    package func answer(_ query: Query) async throws -> Answer {
        try await withOperation(.invokeWorkflow, "answer", [.workflow: "answer"]) { _ in
            let passages = try await passages(query)
            return try await QuestionTrace.timing(.generate) {
                guard let generative else { return try await answerer.answer(query.text, from: passages).inert }
                return try await generative.answer(query.text, history: query.history, from: passages).inert
            }
        }
    }

    package func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    try await withOperation(.invokeWorkflow, "answer", [.workflow: "answer"]) { _ in
                        let passages = try await passages(query)
                        try await QuestionTrace.timing(.generate) {
                            guard let generative else {
                                let answer = try await answerer.answer(query.text, from: passages)
                                continuation.yield(.completed(answer.inert))
                                return
                            }
                            var stream = InertStream()
                            for try await event in generative.events(
                                query.text, history: query.history, from: passages)
                            {
                                switch event {
                                case .text(let text):
                                    let ready = stream.add(text)
                                    if !ready.isEmpty { continuation.yield(.text(ready)) }
                                case .completed(let answer):
                                    let rest = stream.finish()
                                    if !rest.isEmpty, answer.generated != nil { continuation.yield(.text(rest)) }
                                    continuation.yield(.completed(answer.inert))
                                }
                            }
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// What is read for an answer. A question that follows others is searched with in words of its own.
    private func passages(_ query: Query) async throws -> [RetrievedPassage] {
        var query = query
        if let rewriter {
            query.text = try await rewriter.question(query.text, after: query.history)
            // It stands alone now.
            query.history = []
        }
        return try await found(query).map(whole)
    }

    /// A passage that begins and ends where paragraphs do; its id goes on naming what was found.
    private func whole(_ passage: RetrievedPassage) -> RetrievedPassage {
        guard let position = positions[passage.document] else { return passage }
        let document = retrieval.pipeline.corpus.documents[position]
        let range = document.wholeBlocks(around: passage.range)
        guard range != passage.range else { return passage }
        var whole = passage
        whole.range = range
        let text = document.text.utf8
        let start = text.index(text.startIndex, offsetBy: range.lowerBound)
        whole.text = String(document.text[start..<text.index(start, offsetBy: range.count)])
        whole.line = retrieval.lines[position].line(at: range.lowerBound)
        whole.page = document.page(at: range.lowerBound)
        whole.pageBreaks = document.pageBreaks(in: range)
        return whole
    }
}
