internal import AutoML
internal import Base
internal import Retrieval

/// A release of Neo, opened from its folder: what a release's own code stands on.
///
/// It answers byte for byte as `neo serve` does where answers are quotes. Hashes are not compared: `neo release verify` does, or
/// `sha256sum --check SHA256SUMS`.
///
/// ```swift
/// let release = try await OpenRelease(folder: "release/1")
/// let reply = try await release.answer("How do I rotate the keys?")
/// print(reply.sentences.joined(separator: "\n"))
/// ```
public struct OpenRelease: Sendable {
    /// A passage that was found.
    public struct Passage: Sendable, Hashable {
        /// Names it within the release.
        public let id: String
        /// The document that it stands in.
        public let document: String
        /// The document's title.
        public let title: String
        /// The passage itself.
        public let text: String
        /// The line of the document on which it begins, from 1.
        public let line: Int
        /// Greater is better; comparable only within one reply.
        public let score: Double

        init(_ passage: RetrievedPassage) {
            id = passage.id
            document = passage.document.rawValue
            title = passage.title
            text = passage.text
            line = passage.line
            score = passage.score
        }
    }

    /// What is said to a question.
    public struct Reply: Sendable, Hashable {
        /// Whether the documents hold too little to answer.
        public let isAbstention: Bool
        /// Sentences of the documents, the best first.
        public let sentences: [String]
        /// What was found.
        public let passages: [Passage]
        /// All of it as canonical JSON.
        public let json: String
        /// The SHA-256 of `json`, as `tests/golden.jsonl` has it.
        public let hash: String
    }

    /// The release's number.
    public let number: Int
    private let service: LiveService

    /// Opens a release.
    ///
    /// - Parameters:
    ///   - folder: the release's folder.
    ///   - weights: the folders of models that the release does not bring along, by their name.
    ///   - threads: how many batches a model works on at the same time.
    /// - Throws: a sentence where a file or a model is missing, or a model is served by somebody.
    public init(folder: String, weights: [String: String] = [:], threads: Int = 1) async throws {
        let files = try ReleasedFiles(folder: folder)
        number = files.number
        let place = { @Sendable (model: ReleasedFiles.Model) throws(RAGError) -> String in
            guard let folder = model.folder ?? weights[model.name] else {
                throw RAGError(
                    code: .encoderMissing,
                    message:
                        "The release asks the model \(model.name) and does not bring its weights along. Build it with "
                        + "`neo release build --models`, or say where they are.")
            }
            return folder
        }
        let encoders = files.models.filter { $0.role == "encoder" }
        let vectors = files.vectors
        let load = { @Sendable (model: ReleasedFiles.Model) throws in
            try SentenceEncoderAdapter(
                folder: try place(model), identity: model.weights, precision: model.precision, prefixes: model.prefixes,
                threads: threads)
        }
        let counting = try encoders.first.map(load)
        let named = NamedModels(encoders.map(\.name)) { name -> PassageEncoder in
            guard let model = encoders.first(where: { $0.name == name }) else {
                throw RAGError(code: .encoderMissing, message: "The release has no encoder \(name).")
            }
            let encoder = try name == encoders.first?.name ? counting ?? load(model) : load(model)
            return PassageEncoder(encoder: encoder, cache: nil, kept: vectors)
        }
        let rerankers = files.models.filter { $0.role == "reranker" }
        let scorers = NamedModels(rerankers.map(\.name)) { name -> any PairScorer in
            guard let model = rerankers.first(where: { $0.name == name }) else {
                throw RAGError(code: .encoderMissing, message: "The release has no reranker \(name).")
            }
            return try CrossEncoderAdapter(
                folder: try place(model), identity: model.weights, precision: model.precision, threads: threads)
        }
        let library = IndexLibrary(
            corpus: Corpus(files.documents), counter: counting ?? WordTokenCounter(), encoders: named,
            language: files.language, scorers: scorers)
        let values = try PipelineConfiguration(files.configuration)
        service = LiveService(
            pipeline: try await library.pipeline(values),
            encoder: try await named.model(values.encoder, parameter: "encoder")?.encoder, language: files.language,
            summary: ["study": .string(files.study), "release": .integer(files.number)])
    }

    /// The best passages for a question.
    public func passages(for question: String, limit: Int = 10) async throws -> [Passage] {
        try await service.retrieve(Query(question, limit: limit)).map(Passage.init)
    }

    /// The best sentences of the best passages, or an abstention.
    public func answer(_ question: String) async throws -> Reply {
        let answer = try await service.answer(Query(question))
        let json = try JSONValue(encoding: answer).canonicalText
        return Reply(
            isAbstention: answer.abstained, sentences: answer.quotes.map(\.text),
            passages: answer.passages.map(Passage.init), json: json, hash: ContentHash(of: json).hex)
    }
}
