internal import Synchronization

/// Keeps arrays of zeros for searches to add scores in: making one anew costs more than a search.
final class AccumulatorPool: Sendable {
    private let length: Int
    private let idle = Mutex<[[Float]]>([])

    /// Arrays for `count` chunks, rounded up to whole vectors.
    init(count: Int) {
        length = (count + 15) / 16 * 16
    }

    /// Lends an array of zeros; `body` leaves zeros behind.
    func withZeros<Result>(_ body: (UnsafeMutableBufferPointer<Float>) -> Result) -> Result {
        var array = idle.withLock { $0.popLast() } ?? [Float](repeating: 0, count: length)
        let result = array.withUnsafeMutableBufferPointer { body($0) }
        idle.withLock { $0.append(array) }
        return result
    }
}
