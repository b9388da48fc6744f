package import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The audit log of a project: who did what, when, under pseudonyms.
package struct AuditTrail: Sendable {
    /// A row as it can be told: the names of people whose keys are there.
    package struct Entry: Sendable {
        /// Its place, from 1.
        package let number: Int
        /// What stands there.
        package let body: [String: JSONValue]
        /// Who did it, and to whom; nil where the key was destroyed.
        package let person: String?
        package let subject: String?
    }

    static let file = ".neo/audit.db"
    private let database: AuditDatabase
    private let persons: Persons

    /// Opens the log of a project, or begins it.
    package init(_ project: Project) throws {
        try project.prepareStateFolder()
        database = try AuditDatabase(path: project.path(Self.file))
        persons = try Persons(project)
    }

    /// Whether a project keeps one. It begins with the first key, or with a service whose documents have readers.
    package static func exists(in project: Project) -> Bool { FileState(project.path(file)) != nil }

    /// Notes something where the project keeps a log.
    package static func note(_ event: AuditEvent, in project: Project) async throws {
        guard exists(in: project) else { return }
        try await AuditTrail(project).record([event])
    }

    /// Adds events; they are on the disk when this returns.
    @discardableResult
    package func record(_ events: [AuditEvent]) async throws -> AuditHead {
        // Whoever did much is sealed once: that these rows are one person's is what the pseudonym says anyway.
        var people: [String: (person: Person, pseudonym: String, sealed: String)] = [:]
        func person(_ name: String, _ now: Date) async throws -> (person: Person, pseudonym: String, sealed: String) {
            if let known = people[name] { return known }
            let person = try await persons.person(name, at: now)
            let entry = (person, person.pseudonym, try person.seal(["name": .string(name)]))
            people[name] = entry
            return entry
        }
        var bodies: [JSONValue] = []
        for event in events {
            let author = try await person(event.person, event.at)
            var body = event.facts
            body["at"] = .string(event.at.timestamp)
            body["what"] = .string(event.what)
            body["who"] = .string(author.pseudonym)
            body["sealed"] = .string(author.sealed)
            if let query = event.query { body["query"] = .string(author.person.hash(ofQuery: query)) }
            // Under a key of its own: what was done to somebody may not be read with the key of who did it.
            if let name = event.subject {
                let subject = try await person(name, event.at)
                body["of"] = .string(subject.pseudonym)
                body["sealed_of"] = .string(subject.sealed)
            }
            bodies.append(.object(body))
        }
        return try await database.append(bodies)
    }

    /// A row about somebody whose key is there no more.
    func recordTombstone(_ what: String, pseudonym: String?, facts: [String: JSONValue], at now: Date) async throws {
        var body = facts
        body["at"] = .string(now.timestamp)
        body["what"] = .string(what)
        body["who"] = pseudonym.map { .string($0) } ?? .null
        try await database.append([.object(body)])
    }

    /// The rows after one, in their order.
    package func entries(after number: Int = 0, limit: Int) async throws -> [Entry] {
        let people = try await persons.all()
        return try await database.rows(after: number, limit: limit).map { row in
            let body = (try? JSONValue(parsing: row.body))?.object ?? [:]
            func name(_ who: String, _ sealed: String) -> String? {
                guard let person = body[who]?.string.flatMap({ people[$0] }) else { return nil }
                return body[sealed]?.string.flatMap { person.open($0) }?["name"]?.string
            }
            return Entry(
                number: row.number, body: body, person: name("who", "sealed"), subject: name("of", "sealed_of"))
        }
    }

    /// The end of the log.
    package func head() async throws -> AuditHead { try await database.head() }

    /// Goes over the whole log.
    package func verify(against known: AuditHead? = nil) async throws -> AuditVerification {
        try await database.verify(against: known)
    }
}
