internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Makes keys of a project, and takes them back. Each is noted in the audit log before it is told.
package struct KeyDesk: Sendable {
    private let project: Project

    /// The keys of a project.
    package init(_ project: Project) { self.project = project }

    /// All keys, the oldest first.
    package func keys() async throws -> [AccessKey] {
        guard FileState(project.databasePath) != nil else { return [] }
        return try await NeoDatabase(path: project.databasePath).accessKeys().compactMap { AccessKey($0) }
    }

    /// Keeps a new key; nobody may have a valid one of the same name.
    package func add(_ key: NewAccessKey, by person: String, at now: Date) async throws {
        if try await keys().contains(where: { $0.name == key.record.name && $0.isValid(at: now) }) {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "There is a key of the name \(key.record.name) already. Name this one otherwise, or replace that "
                    + "one with `neo access keys rotate`.")
        }
        try await keep(key, replacing: nil, what: "key added", by: person, at: now)
    }

    /// Takes a key back.
    package func revoke(_ name: String, by person: String, at now: Date) async throws -> AccessKey {
        let key = try await find(name, at: now)
        _ = try await NeoDatabase(path: project.databasePath).revokeAccessKey(key.id, at: now)
        try await note("key revoked", key: key.id, name: key.name, by: person, at: now)
        return key
    }

    /// Makes a new key with all that the old one had, which ends.
    package func rotate(_ name: String, by person: String, at now: Date) async throws -> NewAccessKey {
        let old = try await find(name, at: now)
        let expires = old.expires.flatMap { try? Date($0, strategy: .iso8601) }
        let key = NewAccessKey(
            name: old.name, scopes: old.scopes, groups: old.groups, perMinute: old.perMinute, perDay: old.perDay,
            expires: expires, at: now)
        try await keep(key, replacing: old.id, what: "key rotated", by: person, at: now)
        return key
    }

    private func keep(
        _ key: NewAccessKey, replacing old: String?, what: String, by person: String, at now: Date
    ) async throws {
        try project.prepareStateFolder()
        let database = try NeoDatabase(path: project.databasePath)
        try await database.addAccessKey(key.record, replacing: old)
        do {
            try await note(what, key: key.record.id, name: key.record.name, by: person, at: now)
        } catch {
            // A key that no log knows of may not open anything.
            _ = try? await database.revokeAccessKey(key.record.id, at: now)
            throw error
        }
    }

    private func note(_ what: String, key: String, name: String, by person: String, at now: Date) async throws {
        try await AuditTrail(project).record([
            AuditEvent(what, by: person, at: now, facts: ["key": .string(key)], subject: name)
        ])
    }

    /// The valid key of an id or a name.
    private func find(_ name: String, at now: Date) async throws -> AccessKey {
        let keys = try await keys()
        let found = keys.filter { $0.id == name || $0.name == name }
        if let key = found.first(where: { $0.isValid(at: now) }) { return key }
        throw EngineerError(
            code: .invalidRequest,
            message: found.isEmpty
                ? "There is no key \(name); `neo access keys list \(project.folder)` shows them."
                : "The key \(name) has ended already.")
    }
}
