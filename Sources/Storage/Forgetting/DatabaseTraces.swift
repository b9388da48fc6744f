internal import Base
internal import GRDB

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a database, whatever its tables are, names a person; and a way to take that out.
///
/// A row that names the person goes. Of tables that say how the project came to be (studies, approvals, releases, …) the row
/// stays, and the name in it is replaced. What is taken out is overwritten on the disk.
package struct DatabaseTraces: Sendable {
    /// Rows of these are kept, without the name.
    private static let kept: Set<String> = [
        "studies", "trials", "measurements", "evaluations", "openings", "approvals", "label_batches", "labellers",
        "milestones", "verdicts", "budgets", "calls", "warm_starts", "runs", "releases", "audits", "access_keys",
    ]

    private let path: String

    /// - Parameter path: the file; it has to exist.
    package init(path: String) { self.path = path }

    /// How many rows of each table name the person.
    package func count(_ trace: PersonTrace) async throws -> [String: Int] {
        try await translating {
            try await queue(trace).read { database in
                var counts: [String: Int] = [:]
                for (table, columns) in try Self.tables(database) {
                    let sql = "SELECT count(*) FROM \(Self.quoted(table)) WHERE \(Self.condition(columns))"
                    let count = try Int.fetchOne(database, sql: sql) ?? 0
                    if count > 0 { counts[table] = count }
                }
                return counts
            }
        }
    }

    /// Takes the person out of all tables.
    package func purge(_ trace: PersonTrace) async throws {
        try await translating {
            let queue = try queue(trace)
            try await queue.write { database in
                for (table, columns) in try Self.tables(database) {
                    let (name, condition) = (Self.quoted(table), Self.condition(columns))
                    if Self.kept.contains(table) {
                        let changes = columns.map { "\(Self.quoted($0)) = neo_redacted(\(Self.quoted($0)))" }
                        try database.execute(
                            sql: "UPDATE OR REPLACE \(name) SET \(changes.joined(separator: ", ")) WHERE \(condition)")
                    } else {
                        try database.execute(sql: "DELETE FROM \(name) WHERE \(condition)")
                    }
                }
            }
            // What was freed earlier may hold the name still; and so may the log of writes.
            try await queue.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM")
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
    }

    private func queue(_ trace: PersonTrace) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            database.add(
                function: DatabaseFunction("neo_holds", argumentCount: 1, pure: true) { values in
                    switch values[0].storage {
                    case .string(let text): trace.isIn(text)
                    case .blob(let data): trace.isIn(Array(data))
                    default: false
                    }
                })
            database.add(
                function: DatabaseFunction("neo_redacted", argumentCount: 1, pure: true) { values in
                    guard case .string(let text) = values[0].storage else { return values[0] }
                    return trace.redacted(text)
                })
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The tables with those of their columns that may hold texts.
    private static func tables(_ database: Database) throws -> [(name: String, columns: [String])] {
        let names = try String.fetchAll(
            database,
            sql: """
                SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
                ORDER BY name
                """)
        return try names.map { name in
            let columns = try database.columns(in: name).filter { column in
                let type = column.type.uppercased()
                return !["INTEGER", "INT", "REAL"].contains(type)
            }
            return (name, columns.map(\.name))
        }.filter { !$0.columns.isEmpty }
    }

    private static func condition(_ columns: [String]) -> String {
        columns.map { "neo_holds(\(quoted($0)))" }.joined(separator: " OR ")
    }

    private static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as CancellationError { throw error } catch {
            throw StorageError(error, path: path)
        }
    }
}
