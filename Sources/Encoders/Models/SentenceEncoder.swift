#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Turns texts into vectors of length 1 with a model folder as sentence-transformers writes it.
///
/// ```swift
/// let encoder = try SentenceEncoder(folder: folder, identity: "all-minilm-l6-v2@53aa51172d14")
/// let vectors = try await encoder.encode(["How do I cancel a task?", "Tasks are cancelled cooperatively."])
/// ```
///
/// Vectors equal those of `SentenceTransformer.encode(normalize_embeddings=True)` within rounding. They do not
/// depend, beyond 1e-6, on which texts are encoded together.
public struct SentenceEncoder: Sendable {
    /// Whether a text asks or answers; the model may want another prefix in front of each.
    public enum Role: Sendable, Hashable {
        /// A question.
        case query
        /// A text that may hold the answer.
        case passage
    }

    /// Names the model, its weights, and what else vectors depend on: prefixes, and the precision where it is not f32.
    public let identity: String
    /// The length of a vector.
    public let dimension: Int
    /// How many tokens of a text are read, prefix and special ones included; the rest has no influence.
    public let maximumTokens: Int
    /// What the large products are computed in; never `automatic`.
    public let precision: Precision
    /// What is put in front of texts.
    public let prefixes: TextPrefixes

    private let tokenizer: WordPieceTokenizer
    private let encoder: BERTEncoder
    private let pooling: PipelineConfiguration.Pooling
    private let threads: Int
    private let running = RunningCalls()

    /// Loads a model folder: `config.json`, `model.safetensors`, `tokenizer.json`, `modules.json`, the pooling's
    /// `config.json`, and where they are there `sentence_bert_config.json` and `tokenizer_config.json` for the limit of
    /// tokens, and `config_sentence_transformers.json` for prompts.
    ///
    /// - Parameters:
    ///   - folder: The model's folder.
    ///   - identity: A name that changes when the weights change.
    ///   - precision: What to compute the large products in.
    ///   - prefixes: What to put in front of texts; nil asks the folder.
    ///   - threads: How many batches are computed at the same time.
    /// - Throws: `EncodersError` where a file is missing, damaged or of an unsupported kind.
    public init(
        folder: String, identity: String, precision: Precision = .single, prefixes: TextPrefixes? = nil,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws {
        let pipeline = try PipelineConfiguration(folder: folder)
        let model = try ModelFolder(folder, precision: precision)
        tokenizer = model.tokenizer
        encoder = model.encoder
        self.prefixes = try prefixes ?? TextPrefixes(folder: folder)
        guard pipeline.includesPrompt || self.prefixes == .none else {
            throw EncodersError(
                .unsupportedModel,
                "\(folder) leaves its prompts out when it pools (include_prompt is false), which is not supported."
            )
        }
        self.precision = encoder.arithmetic.precision
        self.identity = identity + self.prefixes.suffix + encoder.arithmetic.suffix
        self.threads = max(1, threads)
        dimension = encoder.shape.hidden
        pooling = pipeline.pooling
        let limit = pipeline.maximumTokens ?? tokenizer.suggestedMaximum ?? encoder.shape.positions
        maximumTokens = min(limit, encoder.shape.positions)
    }

    /// Encodes texts, each with its role's prefix in front.
    ///
    /// - Returns: `texts.count` rows of `dimension` floats, row-major; row i belongs to text i and has length 1.
    /// - Throws: `CancellationError` soon after the task is cancelled.
    @concurrent
    public func encode(_ texts: [String], as role: Role = .passage) async throws -> [Float] {
        let prefix = role == .query ? prefixes.query : prefixes.passage
        let sequences = texts.map { text in
            TokenSequence(tokenizer.ids(of: prefix.isEmpty ? text : prefix + text, maximum: maximumTokens))
        }
        let alone = running.enter()
        defer { running.leave() }
        if alone, threads > 1, sequences.count == 1, BERTEncoder.lengthsInHalves.contains(sequences[0].ids.count) {
            let workspace = encoder.workspace()
            let batch = TokenBatch(sequences)
            try await encoder.run(inHalves: batch, in: workspace)
            return rows(of: batch, in: workspace)
        }
        let runner = BatchRunner(threads: threads, longest: maximumTokens)
        return try await runner.run(sequences, width: dimension, encoder: encoder) { batch, workspace in
            rows(of: batch, in: workspace)
        }
    }

    /// The UTF-8 ranges of a text's tokens, in order, without special tokens and without cutting.
    public func tokenRanges(in text: String) -> [Range<Int>] { tokenizer.tokenRanges(in: text) }

    /// The number of a text's tokens, without special tokens and without cutting.
    public func tokenCount(of text: String) -> Int { tokenizer.tokenCount(of: text) }

    private func rows(of batch: TokenBatch, in workspace: BERTWorkspace) -> [Float] {
        let states = UnsafePointer(workspace.states.start)
        return Array(unsafeUninitializedCapacity: batch.count * dimension) { buffer, count in
            count = batch.count * dimension
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return }
            for sequence in 0..<batch.count {
                let row = start + sequence * dimension
                let range = batch.range(of: sequence)
                // The mean's divisor drops out when the row is scaled to length 1.
                RowKernels.accumulate(
                    states + range.lowerBound * dimension, into: row, count: pooling == .mean ? range.count : 1,
                    length: dimension
                )
                RowKernels.scaleToUnit(row, length: dimension)
            }
        }
    }
}
