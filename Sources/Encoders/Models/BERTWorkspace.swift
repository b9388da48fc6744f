/// The buffers of one worker, kept from batch to batch and never shared.
final class BERTWorkspace {
    /// The states of all tokens, one row a token.
    private(set) var states: FloatBuffer
    /// The same, or the attention's results, as the linear layers want them where those compute in bfloat16.
    private(set) var narrow: NarrowBuffer?
    /// Queries, keys and values.
    private(set) var mixed: FloatBuffer
    /// The attention's results.
    private(set) var context: FloatBuffer
    private(set) var scores: FloatBuffer
    /// The states inside a feed-forward block, of as many tokens as stay in the second-level cache.
    let inner: FloatBuffer
    /// What the matrix library needs.
    let worker = MatrixWorker()

    private let shape: BERTConfiguration

    /// How many tokens go through a feed-forward block at a time.
    static let blockRows = 256

    /// Empty buffers.
    init(_ shape: BERTConfiguration, arithmetic: Arithmetic) {
        self.shape = shape
        states = FloatBuffer(count: 0)
        mixed = FloatBuffer(count: 0)
        context = FloatBuffer(count: 0)
        scores = FloatBuffer(count: 0)
        narrow = arithmetic == .brainFloat ? NarrowBuffer(count: 0) : nil
        inner = FloatBuffer(count: Self.blockRows * shape.intermediate)
    }

    /// Makes room for a batch.
    func reserve(tokens: Int, longest: Int) {
        let rows = MatrixWorker.padded(tokens)
        Self.grow(&states, to: rows * shape.hidden)
        Self.grow(&mixed, to: rows * shape.hidden * 3)
        Self.grow(&context, to: rows * shape.hidden)
        Self.grow(&scores, to: longest * RowKernels.padded(longest))
        if let narrow, narrow.count < rows * shape.hidden { self.narrow = NarrowBuffer(count: rows * shape.hidden) }
    }

    private static func grow(_ buffer: inout FloatBuffer, to count: Int) {
        if buffer.count < count { buffer = FloatBuffer(count: count) }
    }
}
