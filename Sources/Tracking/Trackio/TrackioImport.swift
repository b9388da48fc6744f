internal import Base
internal import GRDB

/// Takes the runs of Trackio's databases.
package struct TrackioImport: Sendable {
    /// What a run is when it was logged by a program that is gone.
    private static let kind = "run"

    private let path: String

    /// - Parameter path: a database of Trackio's.
    package init(_ path: String) { self.path = path }

    /// Takes the runs that a store does not have yet; those that it has are left as they are.
    package func take(into store: RunStore) async throws -> RunImportSummary {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue: DatabaseQueue
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw TrackingError(
                .fileSystem, "\(path) is no database of Trackio's that can be read: is it the right file?", cause: error
            )
        }
        let known = try await store.ids()
        let project = path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? "default"
        let incoming = IncomingRuns(known: known, inbox: store.inbox)
        do {
            try await queue.read { database in
                try Self.read(database, project: project, into: incoming)
            }
        } catch let error as DatabaseError {
            throw TrackingError(
                .invalid, "\(path) is no database of Trackio's: \(error.message ?? "\(error.resultCode)").",
                cause: error)
        }
        return try await incoming.finish(store)
    }

    private static func read(_ database: Database, project: String, into incoming: IncomingRuns) throws {
        func columns(_ table: String) throws -> Set<String> { Set(try database.columns(in: table).map(\.name)) }
        // Runs of versions before 0.30 have names only.
        let id = try columns("metrics").contains("run_id") ? "run_id" : "run_name"
        if try database.tableExists("configs") {
            for row in try Row.fetchAll(
                database, sql: "SELECT \(id) AS run_id, run_name, config, created_at FROM configs")
            {
                var members = record(row, project, kind: "run")
                var config = (try? JSONValue(parsing: row["config"] as String))?.object ?? [:]
                members["group"] = config["_Group"]?.string.map { .string($0) }
                for key in ["_Group", "_Created", "_Username"] { config[key] = nil }
                members["config"] = .object(config)
                members["timestamp"] = .string(row["created_at"])
                members["run_kind"] = .string(config["neo_kind"]?.string ?? kind)
                try incoming.add(members)
            }
        }
        for (table, word) in [("metrics", "metric"), ("system_metrics", "system_metric")]
        where try database.tableExists(table) {
            let step = word == "metric" ? ", step" : ""
            let rows = try Row.fetchCursor(
                database, sql: "SELECT \(id) AS run_id, run_name, timestamp, metrics\(step) FROM \(table) ORDER BY id")
            while let row = try rows.next() {
                var members = record(row, project, kind: word)
                members["timestamp"] = .string(row["timestamp"])
                members["metrics"] = (try? JSONValue(parsing: row["metrics"] as String)) ?? .null
                if word == "metric" { members["step"] = .integer(row["step"]) }
                try incoming.add(members)
            }
        }
        if try database.tableExists("alerts") {
            for row in try Row.fetchAll(
                database,
                sql: "SELECT \(id) AS run_id, run_name, timestamp, title, text, level, step FROM alerts ORDER BY id")
            {
                var members = record(row, project, kind: "alert")
                members["timestamp"] = .string(row["timestamp"])
                members["title"] = .string(row["title"])
                members["text"] = (row["text"] as String?).map { .string($0) }
                members["level"] = .string(row["level"])
                members["step"] = (row["step"] as Int?).map { .integer($0) }
                try incoming.add(members)
            }
        }
    }

    private static func record(_ row: Row, _ project: String, kind: String) -> [String: JSONValue] {
        [
            "v": 1, "kind": .string(kind), "run_id": .string(row["run_id"]), "run": .string(row["run_name"]),
            "project": .string(project),
        ]
    }
}
