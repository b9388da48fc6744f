internal import Synchronization

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
    /// Names the model and its weights; given by the caller, who knows where they come from.
    public let identity: String
    /// The length of a vector.
    public let dimension: Int
    /// How many tokens of a text are read, special ones included; the rest has no influence.
    public let maximumTokens: Int

    private let tokenizer: WordPieceTokenizer
    private let encoder: BERTEncoder
    private let pooling: PipelineConfiguration.Pooling
    private let threads: Int

    /// About as many tokens are computed together: enough to fill the matrix units, few enough for the caches.
    private static let tokensPerBatch = 2048

    /// Loads a model folder: `config.json`, `model.safetensors`, `tokenizer.json`, `modules.json`, the pooling's
    /// `config.json`, and `sentence_bert_config.json`, whose `max_seq_length` goes before the tokenizer's limit.
    ///
    /// - Parameters:
    ///   - folder: The model's folder.
    ///   - identity: A name that changes when the weights change.
    ///   - threads: How many batches are computed at the same time.
    /// - Throws: `EncodersError` where a file is missing, damaged or of an unsupported kind.
    public init(
        folder: String, identity: String, threads: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws {
        let pipeline = try PipelineConfiguration(folder: folder)
        tokenizer = try WordPieceTokenizer(tokenizerJSON: folder + "/tokenizer.json")
        encoder = try BERTEncoder(folder: folder)
        guard tokenizer.vocabularySize <= encoder.shape.vocabulary else {
            throw EncodersError(
                .damagedFile,
                "\(folder): tokenizer.json has \(tokenizer.vocabularySize) tokens, but the model only "
                    + "\(encoder.shape.vocabulary); the files belong to different models."
            )
        }
        self.identity = identity
        self.threads = max(1, threads)
        dimension = encoder.shape.hidden
        pooling = pipeline.pooling
        let limit = pipeline.maximumTokens ?? tokenizer.suggestedMaximum ?? encoder.shape.positions
        maximumTokens = min(limit, encoder.shape.positions)
    }

    /// Encodes texts.
    ///
    /// - Returns: `texts.count` rows of `dimension` floats, row-major; row i belongs to text i and has length 1.
    /// - Throws: `CancellationError` soon after the task is cancelled.
    @concurrent
    public func encode(_ texts: [String]) async throws -> [Float] {
        let sequences = texts.map { tokenizer.ids(of: $0, maximum: maximumTokens) }
        let total = sequences.map(\.count).reduce(0, +)
        // A short job is still divided among all workers.
        let budget = min(Self.tokensPerBatch, max(maximumTokens, (total + threads - 1) / threads))
        let batches = TokenBatch.plan(lengths: sequences.map(\.count), budget: budget)
        let next = WorkCounter(end: batches.count)

        var vectors = Array(repeating: Float(0), count: texts.count * dimension)
        try await withThrowingTaskGroup(of: [(batch: Int, rows: [Float])].self) { group in
            for _ in 0..<min(threads, batches.count) {
                group.addTask {
                    let workspace = BERTWorkspace(encoder.shape)
                    var results: [(batch: Int, rows: [Float])] = []
                    while let index = next.take() {
                        try Task.checkCancellation()
                        let batch = TokenBatch(batches[index].map { sequences[$0] })
                        results.append((index, try rows(of: batch, in: workspace)))
                    }
                    return results
                }
            }
            for try await results in group {
                for result in results {
                    for (row, text) in batches[result.batch].enumerated() {
                        let source = row * dimension..<(row + 1) * dimension
                        vectors.replaceSubrange(text * dimension..<(text + 1) * dimension, with: result.rows[source])
                    }
                }
            }
        }
        return vectors
    }

    /// The UTF-8 ranges of a text's tokens, in order, without special tokens and without cutting.
    public func tokenRanges(in text: String) -> [Range<Int>] { tokenizer.tokenRanges(in: text) }

    /// The number of a text's tokens, without special tokens and without cutting.
    public func tokenCount(of text: String) -> Int { tokenizer.tokenCount(of: text) }

    private func rows(of batch: TokenBatch, in workspace: BERTWorkspace) throws -> [Float] {
        try encoder.run(batch, in: workspace)
        let states = UnsafePointer(workspace.states.start)
        return Array(unsafeUninitializedCapacity: batch.count * dimension) { buffer, count in
            count = batch.count * dimension
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return }
            for sequence in 0..<batch.count {
                let row = start + sequence * dimension
                let range = batch.range(of: sequence)
                // The mean's divisor drops out when the row is scaled to length 1.
                let tokens = pooling == .mean ? range : range.lowerBound..<range.lowerBound + 1
                for token in tokens {
                    RowKernels.add(row, states + token * dimension, into: row, length: dimension)
                }
                RowKernels.normalise(row, length: dimension)
            }
        }
    }
}

/// Hands out the numbers below `end`, each to one worker.
private final class WorkCounter: Sendable {
    private let next = Atomic(0)
    private let end: Int

    init(end: Int) {
        self.end = end
    }

    func take() -> Int? {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < end ? index : nil
    }
}
