#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Reads a question and a passage together and says how well they fit: a reranker.
///
/// ```swift
/// let reranker = try CrossEncoder(folder: folder, identity: "ms-marco-minilm-l-6-v2")
/// let scores = try await reranker.score(query: "How do I cancel a task?", passages: passages)
/// ```
///
/// Scores equal those of `CrossEncoder.predict` of the sentence-transformers package within rounding: BERT with a
/// pooler and a classifier of one label, pairs cut as `longest_first` cuts them, and the activation that the model's
/// `config.json` names. They do not depend, beyond 1e-5, on which pairs are scored together.
public struct CrossEncoder: Sendable {
    /// Names the model, its weights, and the precision where it is not f32.
    public let identity: String
    /// How many tokens of a pair are read, special ones included.
    public let maximumTokens: Int
    /// What the large products are computed in; never `automatic`.
    public let precision: Precision

    private let tokenizer: WordPieceTokenizer
    private let encoder: BERTEncoder
    private let head: PairHead
    private let activation: PairHead.Activation
    private let threads: Int

    /// Loads a model folder: `config.json`, `model.safetensors`, `tokenizer.json`, and where they are there
    /// `sentence_bert_config.json` and `tokenizer_config.json` for the limit of tokens.
    ///
    /// - Parameters:
    ///   - folder: The model's folder.
    ///   - identity: A name that changes when the weights change.
    ///   - precision: What to compute the large products in.
    ///   - threads: How many batches are computed at the same time.
    /// - Throws: `EncodersError` where a file is missing, damaged or of an unsupported kind.
    public init(
        folder: String, identity: String, precision: Precision = .single,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws {
        let configuration = try CrossEncoderConfiguration(folder: folder)
        let model = try ModelFolder(folder, precision: precision)
        tokenizer = model.tokenizer
        encoder = model.encoder
        head = try PairHead(model.file, hidden: encoder.shape.hidden)
        guard encoder.shape.types > 1, tokenizer.pair != nil else {
            throw EncodersError(
                .unsupportedModel,
                "\(folder) is not made for pairs: it has \(encoder.shape.types) segment type(s), or tokenizer.json arranges "
                    + "pairs in another way than [CLS] first [SEP] second [SEP]."
            )
        }
        activation = configuration.activation
        self.precision = encoder.arithmetic.precision
        self.identity = identity + encoder.arithmetic.suffix
        self.threads = max(1, threads)
        let limit = configuration.maximumTokens ?? tokenizer.suggestedMaximum ?? encoder.shape.positions
        maximumTokens = min(limit, encoder.shape.positions)
    }

    /// Scores passages for a question; a higher score is a better fit.
    ///
    /// - Returns: One score for each passage, in their order.
    /// - Throws: `CancellationError` soon after the task is cancelled.
    @concurrent
    public func score(query: String, passages: [String]) async throws -> [Float] {
        var sequences: [TokenSequence] = []
        for passage in passages {
            sequences.append(try tokenizer.ids(of: query, and: passage, maximum: maximumTokens))
        }
        let runner = BatchRunner(threads: threads, longest: maximumTokens)
        return try await runner.run(sequences, width: 1, encoder: encoder) { batch, workspace in
            try head.logits(of: batch, in: workspace).map { activation($0) }
        }
    }
}
