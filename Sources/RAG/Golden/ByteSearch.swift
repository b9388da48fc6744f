/// Finds all places of a byte sequence in another (Horspool's algorithm).
struct ByteSearch: Sendable {
    private let needle: [UInt8]
    private let shifts: [Int]

    /// Prepares a search. An empty needle is found nowhere.
    init(_ needle: [UInt8]) {
        self.needle = needle
        var shifts = [Int](repeating: max(needle.count, 1), count: 256)
        for (position, byte) in needle.dropLast().enumerated() { shifts[Int(byte)] = needle.count - 1 - position }
        self.shifts = shifts
    }

    /// Where the needle starts, in order, at most `limit` places that satisfy `condition`.
    func starts(in bytes: [UInt8], limit: Int = 64, where condition: (Int) -> Bool = { _ in true }) -> [Int] {
        guard !needle.isEmpty else { return [] }
        var found: [Int] = []
        bytes.withUnsafeBufferPointer { bytes in
            needle.withUnsafeBufferPointer { needle in
                shifts.withUnsafeBufferPointer { shifts in
                    let last = needle.count - 1
                    var start = 0
                    while start + last < bytes.count, found.count < limit {
                        let end = bytes[start + last]
                        if end == needle[last] {
                            var position = 0
                            while position < last, bytes[start + position] == needle[position] { position += 1 }
                            if position == last, condition(start) { found.append(start) }
                        }
                        start += shifts[Int(end)]
                    }
                }
            }
        }
        return found
    }
}
