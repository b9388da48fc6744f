internal import AutoML
internal import Base
internal import Retrieval

/// A release of Neo, opened from its folder: what a release's own code stands on.
///
/// It answers byte for byte as `neo serve` does. What it reads is compared with the hashes of the manifest; the other files of
/// the release `neo release verify` compares, or `sha256sum --check SHA256SUMS`.
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

    /// A turn of the dialogue before a question.
    public struct Turn: Sendable, Hashable {
        /// Whether it was an answer; else it was a question.
        public let isAnswer: Bool
        /// What was said.
        public let text: String

        /// A turn.
        public init(isAnswer: Bool, text: String) {
            self.isAnswer = isAnswer
            self.text = text
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
        /// The body that `POST /v1/answer` has for the question, to the byte.
        public let json: String
        /// The SHA-256 of all that is known of the answer: `answer` in `tests/golden.jsonl`.
        public let hash: String
    }

    /// The release's number.
    public let number: Int
    private let service: LiveService
    private let isWritten: Bool

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
        isWritten = files.isWritten
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

    /// The best passages for a question, which may follow others.
    public func passages(for question: String, after history: [Turn] = [], limit: Int = 10) async throws -> [Passage] {
        try await service.retrieve(Query(question, history: Self.turns(history), limit: limit)).map(Passage.init)
    }

    /// The best sentences of the best passages, or an abstention.
    ///
    /// - Throws: a sentence where a language model writes the answers of the release: that needs Neo.
    public func answer(_ question: String, after history: [Turn] = []) async throws -> Reply {
        guard !isWritten else {
            throw RAGError(
                code: .invalidConfiguration,
                message:
                    "A language model writes the answers of release \(number), which needs Neo: `neo serve`. Its passages "
                    + "can be had without.")
        }
        let answer = try await service.answer(Query(question, history: Self.turns(history)))
        var body = CitedAnswer(answer).body.object ?? [:]
        body["release"] = .integer(number)
        return Reply(
            isAbstention: answer.abstained, sentences: answer.quotes.map(\.text),
            passages: answer.passages.map(Passage.init), json: JSONValue.object(body).canonicalText,
            hash: ContentHash(of: try JSONValue(encoding: answer)).hex)
    }

    private static func turns(_ history: [Turn]) -> [DialogueTurn] {
        history.map { DialogueTurn(isAnswer: $0.isAnswer, text: $0.text) }
    }
}
