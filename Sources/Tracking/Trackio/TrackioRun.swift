internal import Base
internal import GRDB

/// One run, on its way to Trackio.
struct TrackioRun {
    private let run: Run
    private let source: Database
    private let target: Database

    init(_ run: Run, from source: Database, to target: Database) {
        self.run = run
        self.source = source
        self.target = target
    }

    /// Where it is noted which version of a run was written.
    private static let key = "neo:"

    /// The versions of the runs that were written, by id.
    static func versions(_ target: Database) throws -> [String: String] {
        let rows = try Row.fetchCursor(
            target, sql: "SELECT key, value FROM project_metadata WHERE substr(key, 1, ?) = ?",
            arguments: [key.count, key])
        var versions: [String: String] = [:]
        while let row = try rows.next() { versions[String((row["key"] as String).dropFirst(key.count))] = row["value"] }
        return versions
    }

    /// How many values of each run were corrected, where any were.
    static func corrections(_ source: Database) throws -> [String: Int] {
        let rows = try Row.fetchCursor(
            source,
            sql: "SELECT runs.id, count(*) AS n FROM corrections JOIN runs ON runs.number = corrections.run GROUP BY 1")
        var counts: [String: Int] = [:]
        while let row = try rows.next() { counts[row["id"]] = row["n"] }
        return counts
    }

    /// Another text after anything that Trackio shows has changed.
    static func version(of run: Run, corrections: Int) -> String {
        "\(run.points) \(run.lastLogged) \(run.name) \(run.status.rawValue) \(corrections)"
    }

    /// Writes all of it, and that it is this version.
    ///
    /// - Returns: how many rows of metrics it has.
    func write(as version: String) throws -> Int {
        try writeConfiguration()
        let rows = try writeMetrics(areSystem: false) + writeMetrics(areSystem: true)
        try writeAlerts()
        try target.execute(
            sql: "INSERT OR REPLACE INTO project_metadata (key, value) VALUES (?, ?)",
            arguments: [Self.key + run.id.text, version])
        return rows
    }

    private func writeConfiguration() throws {
        var members = run.configuration.object ?? [:]
        let created = ISOTime.text(of: run.started)
        members["_Created"] = .string(created)
        members["_Group"] = run.group.map { .string($0) } ?? .null
        members["_Username"] = .null
        members["neo_kind"] = .string(run.kind)
        members["neo_status"] = .string(run.status.rawValue)
        members["neo_parent"] = run.parent.map { .string($0.text) }
        try target.execute(
            sql: """
                INSERT INTO configs (run_id, run_name, config, created_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (run_id) DO UPDATE SET run_name = excluded.run_name, config = excluded.config
                """,
            arguments: [run.id.text, run.name, JSONValue.object(members).canonicalText, created])
    }

    /// A row is what was logged at one step and one time; a run without any is not shown by Trackio, so it gets an empty one.
    private func writeMetrics(areSystem: Bool) throws -> Int {
        let cursor = try Row.fetchCursor(
            source,
            sql: """
                SELECT metrics.name, points.number, step, time, value FROM points
                JOIN metrics ON metrics.id = points.metric
                WHERE run = (SELECT number FROM runs WHERE id = ?) AND is_system = ?
                ORDER BY time, step, points.number, metrics.name
                """, arguments: [run.id.text, areSystem])
        var place: (time: Double, step: Int)?
        var values: [String: JSONValue] = [:]
        var rows = 0
        func finish() throws {
            guard let place, !values.isEmpty else { return }
            try write(values, step: place.step, time: place.time, isSystem: areSystem)
            rows += 1
            values = [:]
        }
        while let row = try cursor.next() {
            let next = (time: row["time"] as Double, step: row["step"] as Int)
            if place.map({ $0 != next }) ?? true {
                try finish()
                place = next
            }
            values[row["name"]] = Self.value(row["value"])
        }
        try finish()
        if rows == 0, !areSystem { try write([:], step: 0, time: run.started, isSystem: false) }
        return rows
    }

    private static func value(_ number: Double?) -> JSONValue {
        guard let number, !number.isNaN else { return "NaN" }
        if number.isInfinite { return number > 0 ? "Infinity" : "-Infinity" }
        return .number(number)
    }

    private func write(_ values: [String: JSONValue], step: Int, time: Double, isSystem: Bool) throws {
        let statement = try target.cachedStatement(
            sql: isSystem
                ? """
                INSERT INTO system_metrics (run_id, timestamp, run_name, metrics, log_id) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (log_id) WHERE log_id IS NOT NULL DO UPDATE
                SET metrics = excluded.metrics, run_name = excluded.run_name
                """
                : """
                INSERT INTO metrics (run_id, timestamp, run_name, metrics, log_id, step) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (log_id) WHERE log_id IS NOT NULL DO UPDATE
                SET metrics = excluded.metrics, run_name = excluded.run_name
                """)
        let identity = "neo:\(run.id.text):\(isSystem ? "system" : "\(step)"):\(time)"
        let text = JSONValue.object(values).canonicalText
        let shared: StatementArguments = [run.id.text, ISOTime.text(of: time), run.name, text, identity]
        try statement.execute(arguments: isSystem ? shared : shared + [step])
    }

    private func writeAlerts() throws {
        let rows = try Row.fetchAll(
            source,
            sql:
                "SELECT alerts.* FROM alerts JOIN runs ON runs.number = alerts.run WHERE runs.id = ? ORDER BY alerts.id",
            arguments: [run.id.text])
        for row in rows {
            try target.execute(
                sql: """
                    INSERT INTO alerts (run_id, timestamp, run_name, title, text, level, step, alert_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alert_id) WHERE alert_id IS NOT NULL DO NOTHING
                    """,
                arguments: [
                    run.id.text, ISOTime.text(of: row["time"]), run.name, row["title"] as String,
                    row["text"] as String?,
                    row["level"] as String, row["step"] as Int?, "neo:\(run.id.text):\(row["id"] as Int64)",
                ])
        }
    }
}
