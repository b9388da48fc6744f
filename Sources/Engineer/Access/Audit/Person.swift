internal import Base
internal import Crypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Somebody of whom the audit log speaks: a pseudonym, and what is personal, sealed. Both need the person's key.
struct Person: Sendable {
    private let key: SymmetricKey

    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// What stands in the log for the name. It cannot be computed from the name without the key.
    var pseudonym: String { "p_" + String(mac("pseudonym", "").prefix(20)) }

    /// Names a question, so that who holds the key can find it again, and nobody can guess it.
    func hash(ofQuery query: String) -> String { mac("query", query) }

    private func mac(_ purpose: String, _ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(purpose)\n\(text)".utf8), using: key)
        return String(decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// What only the key opens.
    func seal(_ values: [String: JSONValue]) throws -> String {
        let box = try AES.GCM.seal(
            Data(JSONValue.object(values).canonicalText.utf8), using: key, authenticating: Data(pseudonym.utf8))
        return (box.combined ?? Data()).base64EncodedString()
    }

    /// What was sealed; nil where another key did it, or it was changed.
    func open(_ sealed: String) -> [String: JSONValue]? {
        guard let data = Data(base64Encoded: sealed), let box = try? AES.GCM.SealedBox(combined: data),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Data(pseudonym.utf8))
        else { return nil }
        return (try? JSONValue(parsing: plain))?.object
    }
}
