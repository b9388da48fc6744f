/// Numbers at a place in memory that does not move, for the matrix library.
///
/// Unchecked: one worker owns a buffer while it writes; what is shared between workers is only read.
final class AlignedBuffer<Element: BitwiseCopyable & Numeric>: @unchecked Sendable {
    /// The first element.
    let start: UnsafeMutablePointer<Element>
    /// The number of elements.
    let count: Int

    /// Zeros.
    init(count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64
        )
        start = bytes.bindMemory(to: Element.self, capacity: max(count, 1))
        start.initialize(repeating: 0, count: count)
    }

    deinit {
        UnsafeMutableRawPointer(start).deallocate()
    }
}

/// Floats at a place that does not move.
typealias FloatBuffer = AlignedBuffer<Float>

/// Bit patterns of bfloat16 numbers at a place that does not move.
typealias NarrowBuffer = AlignedBuffer<UInt16>
