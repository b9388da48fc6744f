internal import Retrieval

/// Numbers with the tokens that a server counted for them, as they are kept in the stage cache.
enum CountedSlab {
    /// The numbers, then the tokens in eight bytes; -1 where they were not counted.
    static func bytes(_ counted: Counted<[Float]>) -> [UInt8] {
        let tokens = Int64(clamping: counted.tokens ?? -1)
        return counted.value.withUnsafeBytes { Array($0) }
            + withUnsafeBytes(of: tokens.littleEndian) { Array($0) }
    }

    /// What was kept.
    static func counted(_ bytes: [UInt8]) -> Counted<[Float]> {
        let tail = bytes.suffix(8)
        let tokens = tail.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let count = Int64(bitPattern: tokens)
        return Counted(VectorSlab.floats(bytes.dropLast(8)), tokens: count < 0 ? nil : Int(clamping: count))
    }
}
