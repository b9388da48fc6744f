/// Floats at a place in memory that does not move, for the matrix library.
///
/// Unchecked: one worker owns a buffer while it writes; what is shared between workers is only read.
final class FloatBuffer: @unchecked Sendable {
    /// The first element.
    let start: UnsafeMutablePointer<Float>
    /// The number of elements.
    let count: Int

    /// Zeros.
    init(count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64
        )
        start = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
        start.initialize(repeating: 0, count: count)
    }

    deinit {
        UnsafeMutableRawPointer(start).deallocate()
    }
}
