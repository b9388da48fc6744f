internal import Base
internal import Storage
internal import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The keys of a project as a running service knows them. Whoever runs it reads them anew twice a second, so that a key
/// that was taken back opens nothing a second later.
package final class KeyRing: Sendable {
    /// What a text opens.
    package enum Verdict: Sendable {
        /// It is none of the project's keys.
        case unknown
        /// It was one.
        case ended(AccessKey)
        /// It is one.
        case key(AccessKey)
        /// The keys cannot be read any more: then none opens anything.
        case unreadable
    }

    private struct State {
        var keys: [String: AccessKey] = [:]
        var isInUse = false
        var usage: [String: Int] = [:]
        var readAt: Date?
    }

    /// For so long keys are believed that cannot be read again.
    private static let trustedSeconds = 10.0

    private let path: String
    private let state = Mutex(State())
    private let database = Mutex<NeoDatabase?>(nil)

    /// The keys of a project; none until they were read.
    package init(_ project: Project) { path = project.databasePath }

    /// Whether the project ever had a key: then whoever has none is let in no more.
    package var isInUse: Bool { state.withLock { $0.isInUse } }

    /// The keys that open something.
    package func valid(at now: Date) -> [AccessKey] {
        state.withLock { $0.keys.values.filter { $0.isValid(at: now) } }
    }

    /// How many requests a key has made today, by what is kept.
    package func usage(of key: String) -> Int { state.withLock { $0.usage[key] ?? 0 } }

    /// Reads the keys again.
    @concurrent
    package func reload(at now: Date) async throws {
        guard let database = try opened() else { return state.withLock { $0.readAt = now } }
        let records = try await database.accessKeys()
        let usage = try await database.accessUsage(on: String(now.timestamp.prefix(10)))
        let keys = records.compactMap { AccessKey($0) }
        state.withLock { state in
            state = State(
                keys: Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
                isInUse: !records.isEmpty, usage: usage, readAt: now)
        }
    }

    /// Adds to what keys have used.
    @concurrent
    package func add(_ counts: [String: Int], at now: Date) async throws {
        guard !counts.isEmpty, let database = try opened() else { return }
        let oldest = now.addingTimeInterval(-31 * 86_400)
        try await database.addAccessUsage(
            counts, on: String(now.timestamp.prefix(10)), keepingSince: String(oldest.timestamp.prefix(10)))
        state.withLock { state in
            for (key, count) in counts { state.usage[key, default: 0] += count }
        }
    }

    /// What a text opens.
    package func find(_ text: String, at now: Date) -> Verdict {
        state.withLock { state in
            guard let readAt = state.readAt, now.timeIntervalSince(readAt) < Self.trustedSeconds else {
                return .unreadable
            }
            guard let parts = NewAccessKey.parts(of: text), let key = state.keys[String(parts.id)],
                key.matches(parts.secret)
            else { return .unknown }
            return key.isValid(at: now) ? .key(key) : .ended(key)
        }
    }

    /// The project's database, where there is one.
    private func opened() throws -> NeoDatabase? {
        try database.withLock { database in
            if database == nil, FileState(path) != nil { database = try NeoDatabase(path: path) }
            return database
        }
    }
}
