/// A sketch of a text from which one can tell how much of it stands in another text, too.
///
/// One-permutation MinHash over shingles of five words (Li, Owen, Zhang, "One Permutation Hashing", NIPS 2012), whose
/// empty bins borrow from the next one (Shrivastava, Li, "Densifying One Permutation Hashing", ICML 2014).
struct MinHash: Sendable, Hashable {
    static let bins = 64
    /// So many values make a band; two texts are compared where they share one.
    static let bandWidth = 4
    private static let shingle = 5
    /// A text of fewer shingles is too short to be told from a form letter.
    private static let fewest = 20

    /// The smallest hash of each bin.
    let values: [UInt64]

    /// Nil where the text is too short.
    init?(_ bytes: [UInt8]) {
        var values = [UInt64](repeating: .max, count: Self.bins)
        var recent = [UInt64](repeating: 0, count: Self.shingle)
        var (words, word, isWord) = (0, Self.seed, false)
        func ends() {
            guard isWord else { return }
            recent[words % Self.shingle] = word
            words += 1
            (word, isWord) = (Self.seed, false)
            guard words >= Self.shingle else { return }
            var hash: UInt64 = 0
            for place in words..<words + Self.shingle { hash = Self.mixed(hash ^ recent[place % Self.shingle]) }
            let bin = Int(hash >> 58)
            values[bin] = min(values[bin], hash)
        }
        for byte in bytes {
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            guard (0x61...0x7A).contains(lower) || (0x30...0x39).contains(lower) || lower >= 0x80 else {
                ends()
                continue
            }
            // FNV-1a
            word = (word ^ UInt64(lower)) &* 0x100_0000_01B3
            isWord = true
        }
        ends()
        guard words >= Self.fewest + Self.shingle - 1 else { return nil }
        let sparse = values
        for bin in values.indices where sparse[bin] == .max {
            var distance = 1
            while sparse[(bin + distance) % Self.bins] == .max { distance += 1 }
            values[bin] = sparse[(bin + distance) % Self.bins] &+ UInt64(distance) &* 0x9E37_79B9_7F4A_7C15
        }
        self.values = values
    }

    /// An estimate of how many shingles two texts share, of all that they have: Jaccard's index.
    func similarity(to other: MinHash) -> Double {
        Double(zip(values, other.values).count { $0 == $1 }) / Double(Self.bins)
    }

    /// A name for each band of values.
    var bands: [UInt64] {
        stride(from: 0, to: Self.bins, by: Self.bandWidth).map { start in
            values[start..<start + Self.bandWidth].reduce(UInt64(start)) { Self.mixed($0 ^ $1) }
        }
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The finaliser of SplitMix64.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Finds texts that say nearly the same as an earlier one; keeps a sketch of each text and no text.
struct NearDuplicates {
    /// What share of the shingles makes a near copy.
    static let threshold = 0.8

    private var sketches: [(name: String, sketch: MinHash)] = []
    private var bands: [UInt64: Int] = [:]

    /// Adds a text; the earlier one that it nearly repeats, if any.
    mutating func add(_ name: String, _ sketch: MinHash) -> String? {
        var original: String?
        let number = sketches.count
        for band in sketch.bands {
            guard let earlier = bands[band] else {
                bands[band] = number
                continue
            }
            if original == nil, sketches[earlier].sketch.similarity(to: sketch) >= Self.threshold {
                original = sketches[earlier].name
            }
        }
        sketches.append((name, sketch))
        return original
    }
}
