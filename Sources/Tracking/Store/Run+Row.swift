internal import Base
internal import GRDB

extension Run {
    init(row: Row) throws {
        func texts(_ column: String) throws -> [String] {
            try JSONValue(parsing: try row.decode(String.self, forColumn: column)).array?.compactMap(\.string) ?? []
        }
        self.init(
            id: try RunID(try row.decode(String.self, forColumn: "id")), project: try row.decode(forColumn: "project"),
            kind: try row.decode(forColumn: "kind"), group: row["group"], name: try row.decode(forColumn: "name"),
            parent: try (row["parent"] as String?).map { text throws(TrackingError) in try RunID(text) },
            status: Run.Status(rawValue: try row.decode(forColumn: "status")) ?? .crashed,
            configuration: try JSONValue(parsing: try row.decode(String.self, forColumn: "configuration")),
            tags: try texts("tags"),
            origin: RunOrigin(
                commit: row["git_commit"], isDirty: row["git_dirty"], host: row["host"],
                hardware: try (row["hardware"] as String?).map { try JSONValue(parsing: $0) },
                command: try texts("command"), seed: (row["seed"] as String?).flatMap { UInt64($0) }),
            started: try row.decode(forColumn: "started"), ended: row["ended"],
            lastLogged: try row.decode(forColumn: "last_logged"), notes: row["notes"], failure: row["failure"],
            points: try row.decode(forColumn: "points"))
    }
}
