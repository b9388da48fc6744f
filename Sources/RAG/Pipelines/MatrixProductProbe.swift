internal import CoreDNN

/// Tries the library of matrix products: whether its results are right on this processor, and how fast they come.
package struct MatrixProductProbe: Sendable {
    /// Name and version of the library.
    package var library: String
    /// Billions of floating-point operations a second, on one thread.
    package var gigaflops: Double
    /// Whether the product of known matrices came out as known.
    package var isCorrect: Bool

    /// Whether the library is on this machine.
    package static var isPresent: Bool { core_dnn_is_present() != 0 }

    /// Name and version of the library, e.g. `oneDNN 2.6.3`.
    package static var libraryName: String { String(cString: core_dnn_version()) }

    /// Multiplies a matrix of ones a few times, which takes some milliseconds.
    package static func run(nanoseconds: () -> UInt64) -> MatrixProductProbe {
        let size = 512
        let ones = [Float](repeating: 1, count: size * size)
        var product = [Float](repeating: 0, count: size * size)
        var best = UInt64.max
        var status: Int32 = 0
        for _ in 0..<5 {
            let start = nanoseconds()
            status = core_dnn_sgemm(0, 0, size, size, size, 1, ones, size, ones, size, 0, &product, size)
            best = min(best, max(nanoseconds() - start, 1))
        }
        return MatrixProductProbe(
            library: libraryName,
            gigaflops: 2 * Double(size * size * size) / Double(best),
            isCorrect: status == 0 && product.allSatisfy { $0 == Float(size) }
        )
    }
}
