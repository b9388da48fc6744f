internal import Base
internal import GRDB
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What people, and agents, say of a run after it was logged.
extension RunStore {
    /// Adds and removes tags; the tags after it.
    @discardableResult
    package func tag(_ run: RunID, add: [String], remove: [String] = []) async throws -> [String] {
        for tag in add where !(1...100).contains(tag.utf8.count) || tag.contains(where: \.isNewline) {
            throw TrackingError(.invalid, "A tag is one line of 1 to 100 bytes.")
        }
        return try await database.write { database in
            let text = try String.fetchOne(database, sql: "SELECT tags FROM runs WHERE id = ?", arguments: [run.text])
            let old = try text.map { try JSONValue(parsing: $0) }?.array?.compactMap(\.string) ?? []
            var tags = old.filter { !remove.contains($0) }
            for tag in add where !tags.contains(tag) { tags.append(tag) }
            try database.execute(
                sql: "UPDATE runs SET tags = ? WHERE id = ?",
                arguments: [JSONValue.array(tags.map { .string($0) }).canonicalText, run.text])
            return tags
        }
    }

    /// Writes a note in the place of the one before; nil removes it.
    package func note(_ run: RunID, _ text: String?) async throws {
        try await database.write { database in
            try database.execute(sql: "UPDATE runs SET notes = ? WHERE id = ?", arguments: [text, run.text])
        }
    }

    /// Keeps an expression as a metric, of one run or of all; the same name again replaces it.
    package func derive(_ name: String, _ expression: MetricExpression, for run: RunID?, author: String) async throws {
        guard (1...LogRecord.maximumName).contains(name.utf8.count) else {
            throw TrackingError(.invalid, "A metric's name has 1 to \(LogRecord.maximumName) bytes.")
        }
        guard !expression.metrics.contains(name) else {
            throw TrackingError(.invalid, "`\(name)` cannot be derived from itself.")
        }
        let now = Wall.seconds()
        try await database.write { database in
            let number = try run.map { try Self.number(of: $0, database) }
            try database.execute(
                sql: """
                    INSERT INTO derived (run, name, expression, author, time) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (ifnull(run, 0), name) DO UPDATE SET expression = excluded.expression,
                        author = excluded.author, time = excluded.time
                    """, arguments: [number, name, expression.text, author, now])
        }
    }

    /// Puts another value in the place of one that was logged; the old one, who changed it and why are kept.
    ///
    /// - Returns: how many points had this step.
    /// - Throws: ``TrackingError`` where the run has no such metric at this step.
    @discardableResult
    package func correct(
        _ run: RunID, metric: String, step: Int, to value: Double, author: String, reason: String?
    ) async throws -> Int {
        let now = Wall.seconds()
        return try await database.write { database in
            let number = try Self.number(of: run, database)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT metric, number, value FROM points JOIN metrics ON metrics.id = points.metric
                    WHERE run = ? AND name = ? AND is_system = 0 AND step = ?
                    """, arguments: [number, metric, step])
            guard let id = rows.first?["metric"] as Int64? else {
                throw TrackingError(
                    .notFound,
                    "Run \(run) has no value of `\(metric)` at step \(step): `neo runs show \(run)` lists them.")
            }
            for row in rows {
                let place: Int64 = row["number"]
                let old: Double? = row["value"]
                try database.execute(
                    sql: "UPDATE points SET value = ? WHERE run = ? AND metric = ? AND number = ?",
                    arguments: [value.orNull, number, id, place])
                try database.execute(
                    sql: """
                        INSERT INTO corrections (run, metric, number, step, old_value, new_value, author, reason, time)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """, arguments: [number, id, place, step, old, value.orNull, author, reason, now])
            }
            try database.execute(
                sql: """
                    UPDATE series SET (minimum, maximum, last_value) = (
                        SELECT min(value), max(value), (
                            SELECT value FROM points WHERE run = ?1 AND metric = ?2 ORDER BY number DESC LIMIT 1)
                        FROM points WHERE run = ?1 AND metric = ?2)
                    WHERE run = ?1 AND metric = ?2
                    """, arguments: [number, id])
            return rows.count
        }
    }

    /// What was corrected of a run, the oldest first.
    package func corrections(of run: RunID) async throws -> [Correction] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT corrections.*, metrics.name FROM corrections JOIN metrics ON metrics.id = corrections.metric
                    JOIN runs ON runs.number = corrections.run WHERE runs.id = ? ORDER BY corrections.id
                    """, arguments: [run.text]
            ).map { row in
                Correction(
                    metric: try row.decode(forColumn: "name"), step: try row.decode(forColumn: "step"),
                    old: row["old_value"] ?? .nan, new: row["new_value"] ?? .nan,
                    author: try row.decode(forColumn: "author"), reason: row["reason"],
                    time: try row.decode(forColumn: "time"))
            }
        }
    }

    /// Notes who has seen an alert.
    package func acknowledge(alert: Int, by author: String) async throws {
        let text = author + " " + ISOTime.text(of: Wall.seconds())
        try await database.write { database in
            try database.execute(
                sql: "UPDATE alerts SET seen = ? WHERE id = ? AND seen IS NULL", arguments: [text, alert])
        }
    }

    /// Removes runs with their parts, points, files and folders.
    ///
    /// - Throws: ``TrackingError`` where one is still running.
    /// - Returns: how many went, parts included.
    @discardableResult
    package func remove(_ runs: [RunID], evenRunning: Bool = false) async throws -> Int {
        let gone = try await database.write { database -> [String] in
            var gone: [String] = []
            var next = runs.map(\.text)
            while let id = next.popLast() {
                guard
                    let row = try Row.fetchOne(
                        database, sql: "SELECT number, status FROM runs WHERE id = ?", arguments: [id])
                else { continue }
                if !evenRunning, row["status"] as String == Run.Status.running.rawValue {
                    throw TrackingError(.invalid, "Run \(id) is still running; end it, or say --force.")
                }
                next += try String.fetchAll(database, sql: "SELECT id FROM runs WHERE parent = ?", arguments: [id])
                let number: Int64 = row["number"]
                try database.execute(sql: "DELETE FROM points WHERE run = ?", arguments: [number])
                try database.execute(sql: "DELETE FROM runs WHERE number = ?", arguments: [number])
                gone.append(id)
            }
            return gone
        }
        for id in gone {
            guard let id = try? RunID(id) else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder)/runs/\(id.folderName)")
        }
        try await removeUnkeptArtifacts()
        return gone.count
    }

    private func removeUnkeptArtifacts() async throws {
        let kept = try await database.read { database in
            try String.fetchSet(database, sql: "SELECT DISTINCT hash FROM entries WHERE hash IS NOT NULL")
        }
        // What a run is just keeping is on disk before it is in the database.
        guard try await runs(RunQuery(status: .running)).isEmpty else { return }
        _ = ArtifactFolder(state: folder).removeAll(except: kept)
    }

    static func number(of run: RunID, _ database: Database) throws -> Int64 {
        guard
            let number = try Int64.fetchOne(
                database, sql: "SELECT number FROM runs WHERE id = ?", arguments: [run.text])
        else { throw TrackingError(.notFound, "There is no run \(run) any more.") }
        return number
    }
}

/// A value that was changed after it was logged.
package struct Correction: Sendable, Hashable {
    package var metric: String
    package var step: Int
    package var old: Double
    package var new: Double
    package var author: String
    package var reason: String?
    /// Seconds since 1970.
    package var time: Double
}
