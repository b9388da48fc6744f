/// A small, fast, counter-based random number generator.
///
/// The n-th number is a fixed function of seed and n, so a study can write down how many numbers it has
/// drawn and go on from there after a restart. Not for secrets.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014;
/// constants as in the reference C code of S. Vigna.
public struct SplitMix64: RandomNumberGenerator, Sendable, Hashable {
    /// What the sequence starts from.
    public let seed: UInt64
    /// How many numbers have been drawn.
    public private(set) var drawn: UInt64

    /// A generator that has drawn `drawn` numbers of the sequence of `seed`.
    public init(seed: UInt64, drawn: UInt64 = 0) {
        self.seed = seed
        self.drawn = drawn
    }

    /// An independent sequence, named by a text: adding a consumer of random numbers does not shift the others.
    public init(seed: UInt64, stream: String) {
        var state = seed
        for byte in stream.utf8 {
            state = Self.mix((state ^ UInt64(byte)) &+ 0x9E37_79B9_7F4A_7C15)
        }
        self.init(seed: state)
    }

    /// Draws the next number.
    public mutating func next() -> UInt64 {
        drawn &+= 1
        return Self.mix(seed &+ drawn &* 0x9E37_79B9_7F4A_7C15)
    }

    /// A number in 0 ..< 1 with 53 random bits.
    public mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
