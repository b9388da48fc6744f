internal import Crypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Names texts so that only who has the key can tell whether a text is the one that was named: HMAC-SHA256 (RFC 2104).
package struct KeyedHash: Sendable {
    private let key: SymmetricKey

    /// Takes over a key.
    package init(key: Secret) {
        self.key = key.reveal { SymmetricKey(data: Data($0.utf8)) }
    }

    /// The first 128 bits of a text's code, as 32 hexadecimal digits.
    package func name(of text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
        return String(
            decoding: code.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// A new key of 256 random bits.
    package static func newKey() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
            let digits = Array("0123456789abcdef".utf8)
            return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }
    }
}
