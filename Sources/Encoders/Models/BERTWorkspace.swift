/// The buffers of one worker, kept from batch to batch and never shared.
final class BERTWorkspace {
    private let shape: BERTConfiguration
    private(set) var states: FloatBuffer
    private(set) var mixed: FloatBuffer
    private(set) var context: FloatBuffer
    private(set) var update: FloatBuffer
    private(set) var scores: FloatBuffer
    /// The states inside a feed-forward block, of as many tokens as stay in the second-level cache.
    let inner: FloatBuffer

    /// How many tokens go through a feed-forward block at a time.
    static let blockRows = 256

    /// Empty buffers.
    init(_ shape: BERTConfiguration) {
        self.shape = shape
        states = FloatBuffer(count: 0)
        mixed = FloatBuffer(count: 0)
        context = FloatBuffer(count: 0)
        update = FloatBuffer(count: 0)
        scores = FloatBuffer(count: 0)
        inner = FloatBuffer(count: Self.blockRows * shape.intermediate)
    }

    /// Makes room for a batch.
    func reserve(tokens: Int, longest: Int) {
        Self.grow(&states, to: tokens * shape.hidden)
        Self.grow(&mixed, to: tokens * shape.hidden * 3)
        Self.grow(&context, to: tokens * shape.hidden)
        Self.grow(&update, to: tokens * shape.hidden)
        Self.grow(&scores, to: longest * RowKernels.padded(longest))
    }

    private static func grow(_ buffer: inout FloatBuffer, to count: Int) {
        if buffer.count < count { buffer = FloatBuffer(count: count) }
    }
}
