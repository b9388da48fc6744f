internal import Crypto

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The SHA-256 of some content, which names that content in caches, manifests and approvals.
public struct ContentHash: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public let hex: String

    /// Takes over a hash that was computed before; nil where the text is not 64 hexadecimal digits.
    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.allSatisfy(\.isHexDigit) else { return nil }
        self.hex = hex.lowercased()
    }

    private init(digest: SHA256Digest) {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for byte in digest {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        hex = String(decoding: bytes, as: UTF8.self)
    }

    /// The hash of a text's UTF-8 bytes.
    public init(of text: String) {
        self.init(of: Data(text.utf8))
    }

    /// The hash of some bytes.
    package init(of data: Data) {
        self.init(digest: SHA256.hash(data: data))
    }

    /// The hash of a value's canonical text.
    public init(of value: JSONValue) {
        self.init(of: value.canonicalText)
    }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// The first 12 digits, enough to tell things apart on a screen.
    public var short: String { String(hex.prefix(12)) }

    /// The order of the digits.
    public static func < (left: ContentHash, right: ContentHash) -> Bool { left.hex < right.hex }

    /// Builds one hash from many parts.
    ///
    /// Each part's length goes in front of it, so `["ab", "c"]` and `["a", "bc"]` differ.
    package struct Builder {
        private var state = SHA256()

        /// An empty content.
        package init() {}

        /// Adds a text.
        package mutating func add(_ text: String) {
            add(Data(text.utf8))
        }

        /// Adds some bytes, with their length.
        package mutating func add(_ data: Data) {
            withUnsafeBytes(of: UInt64(data.count).littleEndian) { state.update(bufferPointer: $0) }
            state.update(data: data)
        }

        /// Adds bytes as they are, without their length: for one content that arrives in pieces.
        package mutating func addPiece(_ bytes: UnsafeRawBufferPointer) {
            state.update(bufferPointer: bytes)
        }

        /// The hash of all that was added.
        package func finish() -> ContentHash {
            ContentHash(digest: state.finalize())
        }
    }
}

extension ContentHash: Codable {
    /// Reads the hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = ContentHash(hex: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is not a SHA-256")
        }
        self = hash
    }

    /// Writes the hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
