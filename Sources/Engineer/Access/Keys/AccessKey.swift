internal import Crypto
package import RAG
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A key with which a program or a person may ask a service.
package struct AccessKey: Sendable, Hashable {
    /// The part of it that is no secret.
    package let id: String
    /// Whose it is.
    package let name: String
    /// What it may be used for.
    package let scopes: Set<AccessScope>
    /// Whose documents it sees, `everyone`'s among them.
    package let groups: Set<AccessGroup>
    /// How many requests a minute it has; nil for any number.
    package let perMinute: Int?
    /// How many requests a day (UTC) it has; nil for any number.
    package let perDay: Int?
    /// When it was made, ends, and was taken back.
    package let created: String
    package let expires: String?
    package let revoked: String?
    /// The same as dates, so that a request reads none.
    private let expiresAt: Date?
    private let digest: SHA256Digest.Bytes

    /// A key as it is kept; nil where the row makes no sense, which then opens nothing.
    init?(_ record: AccessKeyRecord) {
        let groups = record.groups.compactMap { AccessGroup($0) }
        guard groups.count == record.groups.count, let digest = SHA256Digest.Bytes(hex: record.hash) else { return nil }
        let end = record.expires.map { try? Date($0, strategy: .iso8601) }
        guard end != .some(.none) else { return nil }
        (id, name) = (record.id, record.name)
        scopes = Set(record.scopes.compactMap { AccessScope(rawValue: $0) })
        self.groups = Set(groups).union([.everyone])
        (perMinute, perDay) = (record.perMinute, record.perDay)
        (created, expires, revoked) = (record.created, record.expires, record.revoked)
        expiresAt = end ?? nil
        self.digest = digest
    }

    /// Whether it still opens anything.
    package func isValid(at now: Date) -> Bool { revoked == nil && !hasExpired(at: now) }

    /// Whether its time is over.
    package func hasExpired(at now: Date) -> Bool { expiresAt.map { $0 <= now } ?? false }

    /// Compares in a time that tells nothing of the secret: hashes are compared, all of them.
    func matches(_ secret: some StringProtocol) -> Bool {
        SHA256.hash(data: Array(secret.utf8)).constantTimeEquals(digest)
    }
}

extension SHA256Digest {
    /// A digest that was read.
    struct Bytes: Sendable, Hashable {
        let bytes: [UInt8]

        init?(hex: String) {
            let digits = Array(hex.utf8)
            guard digits.count == 64 else { return nil }
            var bytes: [UInt8] = []
            for place in stride(from: 0, to: 64, by: 2) {
                guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16) else {
                    return nil
                }
                bytes.append(byte)
            }
            self.bytes = bytes
        }
    }

    fileprivate func constantTimeEquals(_ other: Bytes) -> Bool {
        zip(self, other.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
