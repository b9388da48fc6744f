internal import Base
package import RAG
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A key as it is to be made, and the text of it, which is shown once and kept nowhere.
package struct NewAccessKey: Sendable {
    /// What keys begin with, so that one that lies somewhere is known for what it is.
    static let prefix = "neo_"
    /// Letters that are not taken for each other.
    private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")

    /// The whole text: `neo_<id>_<secret>`.
    package let text: String
    let record: AccessKeyRecord

    /// A key of random letters: 50 bits name it, 260 open it.
    package init(
        name: String, scopes: Set<AccessScope>, groups: Set<AccessGroup>, perMinute: Int?, perDay: Int?, expires: Date?,
        at now: Date
    ) {
        var generator = SystemRandomNumberGenerator()
        let (id, secret) = (Self.letters(10, &generator), Self.letters(52, &generator))
        text = "\(Self.prefix)\(id)_\(secret)"
        record = AccessKeyRecord(
            id: id, name: name, hash: ContentHash(of: secret).hex, scopes: scopes.sorted().map(\.rawValue),
            groups: groups.sorted().map(\.name), perMinute: perMinute, perDay: perDay, created: now.timestamp,
            expires: expires?.timestamp)
    }

    private static func letters(_ count: Int, _ generator: inout SystemRandomNumberGenerator) -> String {
        String((0..<count).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
    }

    /// The parts of a text that looks like a key.
    static func parts(of text: String) -> (id: Substring, secret: Substring)? {
        guard text.hasPrefix(prefix), text.utf8.count <= 200 else { return nil }
        let parts = text.dropFirst(prefix.count).split(separator: "_", omittingEmptySubsequences: false)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
}
