package import AutoML
package import Base
internal import RAG
internal import Retrieval

/// What a few seconds of work on this machine tell of how long the rest will take. Nothing of it is remembered from
/// elsewhere; an estimate says what it stands on.
package struct DesignProbe: Sendable, Hashable, Codable {
    /// So many passages are encoded, and so many questions asked.
    private static let (passagesEncoded, questionsAsked) = (32, 8)

    package var measured: String
    package var documents = 0
    package var characters = 0
    /// Passages that the default configuration cuts.
    package var passages = 0
    /// Seconds of reading the documents, what was parsed before included.
    package var reading = 0.0
    /// Seconds of cutting and indexing without vectors.
    package var indexing = 0.0
    /// The encoder that was tried; nil where the project has none.
    package var encoder: String?
    /// Seconds a passage.
    package var encoding = 0.0
    /// Seconds a question, the median.
    package var asking = 0.0
    package var asked = 0

    /// Measures, and says what the search can try.
    ///
    /// - Parameter questions: what is asked; titles of documents where there are none yet.
    @concurrent
    package static func measure(
        _ project: Project, ports: Workspace.Ports, questions: [String], time: TimeSource = .system
    ) async throws -> (DesignProbe, SearchSpace) {
        var probe = DesignProbe(measured: time.now().timestamp)
        var watch = time.nanoseconds()
        func lap() -> Double {
            defer { watch = time.nanoseconds() }
            return Double(time.nanoseconds() &- watch) / 1e9
        }
        let workspace = try await Workspace.open(project, ports: ports)
        probe.reading = lap()
        probe.documents = workspace.corpus.documents.count
        probe.characters = workspace.corpus.documents.reduce(0) { $0 + $1.text.unicodeScalars.count }
        // Vectors of all passages would take as long as a part of the search itself.
        let space = try workspace.space()
        let values = space.default.values.merging(["retriever": "bm25"]) { $1 }
        let pipeline = try await workspace.library.pipeline(try PipelineConfiguration(Configuration(values)))
        probe.indexing = lap()
        let chunks = pipeline.chunkSet.chunks
        probe.passages = chunks.count
        let encoder = try await workspace.encoders.names.first.asyncMap { name in
            try await workspace.encoders.model(name, parameter: "encoder")
        }
        if let encoder = encoder ?? nil, !chunks.isEmpty {
            probe.encoder = workspace.encoders.names.first
            let step = max(1, chunks.count / passagesEncoded)
            let texts = stride(from: 0, to: chunks.count, by: step).prefix(passagesEncoded).map { chunks[$0].text }
            _ = try await encoder.encoder.encode([texts[0]])
            _ = lap()
            _ = try await encoder.encoder.encode(texts)
            probe.encoding = lap() / Double(texts.count)
        }
        let retrieval = LiveRetrieval(pipeline: pipeline, encoder: nil)
        let asked = questions.isEmpty ? workspace.corpus.documents.map(\.title) : questions
        var seconds: [Double] = []
        for question in asked.prefix(questionsAsked) {
            _ = lap()
            _ = try await retrieval.retrieve(Query(question))
            if let encoder = encoder ?? nil { _ = try await encoder.encoder.encodeQueries([question]) }
            seconds.append(lap())
        }
        probe.asked = seconds.count
        probe.asking = seconds.sorted().dropFirst(seconds.count / 2).first ?? 0
        return (probe, space)
    }

    init(measured: String) { self.measured = measured }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
