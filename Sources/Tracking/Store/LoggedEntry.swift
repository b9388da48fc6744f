internal import Base
internal import GRDB

/// A text, table, image or file as it lies in the database.
package struct LoggedEntry: Sendable, Hashable {
    package var id: Int
    package var step: Int?
    /// Seconds since 1970.
    package var time: Double
    package var entry: RunEntry

    init(row: Row) throws {
        id = try row.decode(forColumn: "id")
        step = row["step"]
        time = try row.decode(forColumn: "time")
        entry = RunEntry(
            kind: RunEntry.Kind(rawValue: try row.decode(forColumn: "kind")) ?? .text,
            key: try row.decode(forColumn: "key"), content: try row.decode(forColumn: "content"),
            hash: (row["hash"] as String?).flatMap { ContentHash(hex: $0) }, bytes: row["bytes"],
            mediaType: row["media_type"])
    }
}

/// An alert as it lies in the database.
package struct LoggedAlert: Sendable, Hashable {
    package var id: Int
    package var run: String
    package var runName: String
    package var step: Int?
    /// Seconds since 1970.
    package var time: Double
    package var alert: RunAlert
    /// Who has seen it, and when; nil where nobody has.
    package var seen: String?

    init(row: Row) throws {
        id = try row.decode(forColumn: "id")
        run = try row.decode(forColumn: "run_id")
        runName = try row.decode(forColumn: "run_name")
        step = row["step"]
        time = try row.decode(forColumn: "time")
        seen = row["seen"]
        alert = RunAlert(
            level: RunAlert.Level(rawValue: try row.decode(forColumn: "level")) ?? .warn,
            title: try row.decode(forColumn: "title"), text: row["text"], rule: row["rule"])
    }
}

/// A line of the inbox that could not be read.
package struct RejectedLine: Sendable, Hashable {
    /// The file, below the inbox.
    package var file: String
    /// The byte at which it begins.
    package var place: Int
    /// Its beginning.
    package var line: String
    /// What is wrong with it.
    package var reason: String
}
