internal import Base
internal import Crypto
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The people of a project's audit log, by name.
struct Persons: Sendable {
    private let database: PersonDatabase

    /// - Throws: where the keys cannot be read.
    init(_ project: Project) throws {
        try project.prepareStateFolder()
        database = try PersonDatabase(path: project.path(Self.file), makeSecret: Self.random)
    }

    static let file = ".neo/people.db"

    private static func random() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// The person of a name, known from now on.
    func person(_ name: String, at now: Date) async throws -> Person {
        Person(key: try await database.key(of: try await hash(name), making: Self.random(), at: now))
    }

    /// The person of a name; nil for somebody who is not known.
    func known(_ name: String) async throws -> Person? {
        try await database.key(of: try await hash(name)).map { Person(key: $0) }
    }

    /// Everybody, by pseudonym: to read the log.
    func all() async throws -> [String: Person] {
        let people = try await database.keys().map { Person(key: $0) }
        return Dictionary(people.map { ($0.pseudonym, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Destroys a person's key; false where there was none.
    func destroy(_ name: String) async throws -> Bool { try await database.destroyKey(of: try await hash(name)) }

    /// Names are the same whatever case they are written in.
    private func hash(_ name: String) async throws -> String {
        let secret = SymmetricKey(data: try await database.namesSecret())
        let text = PersonNames.normalized(name)
        return HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
