/// Keeps the best hits of a scan.
///
/// Chunks must be offered in ascending order: then a chunk whose score only equals the lowest one kept never belongs
/// in the list, and `threshold` alone decides.
///
/// A hit is held as one integer, score above, complement of the position below, so that the order of hits is the
/// order of integers and the heap has one comparison a step.
struct TopHits {
    /// A score must be greater to get in.
    private(set) var threshold: Float
    private let limit: Int
    /// A binary heap, lowest hit first, once it is full; before that in order of arrival.
    private var keys: [UInt64] = []

    /// Keeps at most `limit` hits with a score above `floor`.
    init(limit: Int, above floor: Float) {
        self.limit = max(limit, 0)
        threshold = limit > 0 ? floor : .infinity
        keys.reserveCapacity(min(self.limit, 4096))
    }

    /// Takes a hit whose score is above the threshold.
    mutating func insert(chunk: Int, score: Float) {
        let key = Self.key(chunk: chunk, score: score)
        if keys.count < limit {
            keys.append(key)
            guard keys.count == limit else { return }
            for root in stride(from: keys.count / 2 - 1, through: 0, by: -1) { sink(keys[root], at: root) }
        } else {
            sink(key, at: 0)
        }
        threshold = Self.score(keys[0])
    }

    /// The hits, best first.
    consuming func ranked() -> [Hit] {
        keys.sort(by: >)
        return keys.map { Hit(chunk: Int(~UInt32(truncatingIfNeeded: $0)), score: Self.score($0)) }
    }

    private mutating func sink(_ key: UInt64, at root: Int) {
        keys.withUnsafeMutableBufferPointer { keys in
            var hole = root
            while true {
                var child = 2 * hole + 1
                guard child < keys.count else { break }
                if child + 1 < keys.count, keys[child + 1] < keys[child] { child += 1 }
                guard keys[child] < key else { break }
                keys[hole] = keys[child]
                hole = child
            }
            keys[hole] = key
        }
    }

    /// IEEE 754 numbers sort like sign-and-magnitude integers; this makes them sort like unsigned ones.
    private static func key(chunk: Int, score: Float) -> UInt64 {
        let bits = (score + 0).bitPattern  // + 0 makes −0 equal to 0
        let ordered = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
        return UInt64(ordered) << 32 | UInt64(~UInt32(truncatingIfNeeded: chunk))
    }

    private static func score(_ key: UInt64) -> Float {
        let ordered = UInt32(truncatingIfNeeded: key >> 32)
        return Float(bitPattern: ordered >> 31 == 1 ? ordered & ~(1 << 31) : ~ordered)
    }
}
