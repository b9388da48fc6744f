internal import Base

/// How many bits a letter of a text carries, from how often each of its letters stands in it (Shannon).
enum TextEntropy {
    /// Bits for each byte; 0 where all are equal or there is none.
    static func bits(of bytes: some Collection<UInt8>) -> Double {
        guard !bytes.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * logarithm(share) / logarithm(2)
        }
    }
}
