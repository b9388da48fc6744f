internal import Base

/// The form of a cached value in its file: a magic word, the length, a checksum over key and value, the value.
///
/// The checksum covers the key, so a file that was renamed is found out too.
enum CacheEntry {
    /// How long the part before the value is.
    static let headerLength = 80

    private static let magic = Array("NEOCACH1".utf8)

    /// The part before the value.
    static func header(of value: [UInt8], key: ContentHash) -> [UInt8] {
        let length = UInt64(value.count)
        return magic + (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + checksum(of: value, key: key)
    }

    /// Whether this header belongs to this key and value.
    static func isIntact(header: [UInt8], value: [UInt8], key: ContentHash) -> Bool {
        header == Self.header(of: value, key: key)
    }

    private static func checksum(of value: [UInt8], key: ContentHash) -> [UInt8] {
        var builder = ContentHash.Builder()
        builder.add(key.hex)
        value.withUnsafeBytes { builder.addPiece($0) }
        return Array(builder.finish().hex.utf8)
    }
}
