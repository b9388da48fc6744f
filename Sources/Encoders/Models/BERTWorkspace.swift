/// The buffers of one worker, kept from batch to batch and never shared.
final class BERTWorkspace {
    /// What a thread needs for itself where two share a workspace.
    final class Lane {
        /// Attention's weights.
        fileprivate(set) var scores = FloatBuffer(count: 0)
        /// The states inside a feed-forward block, of as many tokens as stay in the second-level cache.
        fileprivate(set) var inner = FloatBuffer(count: 0)
        /// What the matrix library needs.
        let worker = MatrixWorker()

        fileprivate func reserve(rows: Int, longest: Int, _ shape: BERTConfiguration) {
            BERTWorkspace.grow(&scores, to: longest * RowKernels.padded(longest))
            BERTWorkspace.grow(&inner, to: min(rows, BERTWorkspace.blockRows) * shape.intermediate)
        }
    }

    /// The states of all tokens, one row a token.
    private(set) var states = FloatBuffer(count: 0)
    /// The same, or the attention's results, as the linear layers want them where those compute in bfloat16.
    private(set) var narrow: NarrowBuffer?
    /// Queries, keys and values.
    private(set) var mixed = FloatBuffer(count: 0)
    /// The attention's results.
    private(set) var context = FloatBuffer(count: 0)
    /// The only thread's, or the first one's.
    let lane = Lane()

    private let shape: BERTConfiguration

    /// How many tokens go through a feed-forward block at a time; a multiple of a block of the matrix library.
    static let blockRows = 256

    /// Empty buffers.
    init(_ shape: BERTConfiguration, arithmetic: Arithmetic) {
        self.shape = shape
        narrow = arithmetic == .brainFloat ? NarrowBuffer(count: 0) : nil
    }

    /// Makes room for a batch.
    func reserve(tokens: Int, longest: Int) {
        let rows = MatrixWorker.padded(tokens)
        Self.grow(&states, to: rows * shape.hidden)
        Self.grow(&mixed, to: rows * shape.hidden * 3)
        Self.grow(&context, to: rows * shape.hidden)
        lane.reserve(rows: rows, longest: longest, shape)
        if let narrow, narrow.count < rows * shape.hidden { self.narrow = NarrowBuffer(count: rows * shape.hidden) }
    }

    /// What a second thread adds: a lane of its own, and another place for queries, keys and values.
    func second(tokens: Int) -> (lane: Lane, mixed: FloatBuffer) {
        let rows = MatrixWorker.padded(tokens)
        let lane = Lane()
        lane.reserve(rows: rows, longest: tokens, shape)
        return (lane, FloatBuffer(count: rows * shape.hidden * 3))
    }

    private static func grow(_ buffer: inout FloatBuffer, to count: Int) {
        if buffer.count < count { buffer = FloatBuffer(count: count) }
    }
}
