internal import Base
internal import GRDB
internal import GRDBSQLite

extension RunStore {
    /// The runs, the latest first.
    package func runs(_ query: RunQuery = RunQuery()) async throws -> [Run] {
        let (condition, arguments) = Self.condition(query)
        return try await database.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM runs\(condition) ORDER BY started DESC, number DESC LIMIT ? OFFSET ?",
                arguments: arguments + [query.limit, query.offset]
            ).map { try Run(row: $0) }
        }
    }

    /// How many runs there are.
    package func count(_ query: RunQuery = RunQuery()) async throws -> Int {
        let (condition, arguments) = Self.condition(query)
        return try await database.read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM runs\(condition)", arguments: arguments) ?? 0
        }
    }

    /// The run that a person means: by its id, the beginning of it, or its name.
    ///
    /// - Throws: ``TrackingError`` where there is none, or where several fit, which it names.
    package func run(_ reference: String) async throws -> Run {
        let found = try await database.read { database in
            if let row = try Row.fetchOne(database, sql: "SELECT * FROM runs WHERE id = ?", arguments: [reference]) {
                return [try Run(row: row)]
            }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM runs WHERE name = ? OR substr(id, 1, length(?)) = ?
                    ORDER BY parent IS NOT NULL, started DESC LIMIT 6
                    """,
                arguments: [reference, reference, reference]
            ).map { try Run(row: $0) }
        }
        guard let run = found.first, !reference.isEmpty else {
            throw TrackingError(
                .notFound, "There is no run `\(reference)`; `neo runs list` shows those that there are.")
        }
        // The trials of a search begin as it does: who types a beginning means the whole.
        let isWhole = run.parent == nil && found.dropFirst().allSatisfy { $0.parent != nil }
        guard found.count == 1 || isWhole else {
            let ids = found.prefix(5).map(\.id.text).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
            throw TrackingError(.ambiguous, "Several runs fit `\(reference)`: \(ids). Name one by its id.")
        }
        return run
    }

    /// What is known of each metric of a run, by name.
    package func summaries(of run: RunID) async throws -> [SeriesSummary] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT metrics.name, is_system, series.*
                    FROM series JOIN metrics ON metrics.id = series.metric JOIN runs ON runs.number = series.run
                    WHERE runs.id = ? ORDER BY is_system, metrics.name
                    """,
                arguments: [run.text]
            ).map { row in
                SeriesSummary(
                    metric: try row.decode(forColumn: "name"), isSystem: try row.decode(forColumn: "is_system"),
                    count: try row.decode(forColumn: "count"), lastStep: try row.decode(forColumn: "last_step"),
                    lastTime: try row.decode(forColumn: "last_time"), lastValue: row["last_value"] ?? .nan,
                    minimum: row["minimum"] ?? .nan, maximum: row["maximum"] ?? .nan)
            }
        }
    }

    /// The sum of each metric of a run, of points from a moment on; what is NaN counts nothing.
    package func totals(of run: RunID, since: Double = 0) async throws -> [String: Double] {
        try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT metrics.name, total(points.value) AS total
                    FROM points JOIN metrics ON metrics.id = points.metric JOIN runs ON runs.number = points.run
                    WHERE runs.id = ? AND NOT is_system AND points.time >= ? GROUP BY metrics.id
                    """, arguments: [run.text, since])
            return try Dictionary(
                rows.map { (try $0.decode(forColumn: "name"), try $0.decode(forColumn: "total")) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The points of a metric, in the order in which they came.
    ///
    /// - Parameter maximum: about how many are wanted at most; more are thinned out (``MinMaxDownsampling``).
    package func points(
        of run: RunID, metric: String, isSystem: Bool = false, maximum: Int? = nil
    ) async throws -> [Point] {
        try await database.read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT series.run, series.metric, count FROM series
                        JOIN metrics ON metrics.id = series.metric JOIN runs ON runs.number = series.run
                        WHERE runs.id = ? AND metrics.name = ? AND is_system = ?
                        """, arguments: [run.text, metric, isSystem])
            else { return [] }
            let count: Int = row["count"]
            let statement = try database.cachedStatement(
                sql: "SELECT number, step, time, value FROM points WHERE run = ? AND metric = ? ORDER BY number")
            var kept = MinMaxDownsampling(count: count, maximum: maximum ?? count)
            try statement.eachPoint(run: row["run"], metric: row["metric"]) { kept.add($0) }
            return kept.finish()
        }
    }

    /// Texts, tables, images and files of a run, in the order in which they came, or the latest first.
    package func entries(
        of run: RunID, key: String? = nil, limit: Int = 1000, latestFirst: Bool = false
    ) async throws -> [LoggedEntry] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT entries.* FROM entries JOIN runs ON runs.number = entries.run
                    WHERE runs.id = ? AND (? IS NULL OR key = ?) ORDER BY entries.id \(latestFirst ? "DESC" : "ASC") LIMIT ?
                    """,
                arguments: [run.text, key, key, limit]
            ).map { try LoggedEntry(row: $0) }
        }
    }

    /// An entry of a run by its number; nil where it has none.
    package func entry(_ id: Int, of run: RunID) async throws -> LoggedEntry? {
        try await database.read { database in
            try Row.fetchOne(
                database,
                sql:
                    "SELECT entries.* FROM entries JOIN runs ON runs.number = entries.run WHERE runs.id = ? AND entries.id = ?",
                arguments: [run.text, id]
            ).map { try LoggedEntry(row: $0) }
        }
    }

    /// Alerts, the oldest first.
    ///
    /// - Parameter seriousOnly: warnings and errors, and not what is merely said.
    package func alerts(
        of run: RunID? = nil, unseenOnly: Bool = false, seriousOnly: Bool = false, limit: Int = 1000
    ) async throws -> [LoggedAlert] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT alerts.*, runs.id AS run_id, runs.name AS run_name FROM alerts
                    JOIN runs ON runs.number = alerts.run
                    WHERE (? IS NULL OR runs.id = ?) AND (NOT ? OR seen IS NULL)
                        AND (NOT ? OR level <> 'info') ORDER BY alerts.time, alerts.id LIMIT ?
                    """,
                arguments: [run?.text, run?.text, unseenOnly, seriousOnly, limit]
            ).map { try LoggedAlert(row: $0) }
        }
    }

    /// Lines of the inbox that could not be read, the latest first.
    package func rejections(limit: Int = 20) async throws -> [RejectedLine] {
        try await database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM rejected ORDER BY id DESC LIMIT ?", arguments: [limit]
            ).map { row in
                RejectedLine(
                    file: try row.decode(forColumn: "file"), place: try row.decode(forColumn: "place"),
                    line: try row.decode(forColumn: "line"), reason: try row.decode(forColumn: "reason"))
            }
        }
    }

    /// A number that is another one after anything was written, by whomever: for those who watch.
    package func version() async throws -> String {
        try await database.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT (SELECT max(last_logged) FROM runs) AS logged, (SELECT total(points) FROM runs) AS points,
                        (SELECT count(*) FROM runs) AS runs, (SELECT max(id) FROM alerts) AS alerts,
                        (SELECT max(id) FROM entries) AS entries, (SELECT count(*) FROM runs WHERE ended IS NULL) AS open
                    """)
            return row.map { $0.databaseValues.map { "\($0)" }.joined(separator: " ") } ?? ""
        }
    }

    private static func condition(_ query: RunQuery) -> (String, StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("project = ?", query.project)
        add("kind = ?", query.kind)
        add("\"group\" = ?", query.group)
        add("status = ?", query.status?.rawValue)
        add("EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", query.tag)
        add("parent = ?", query.parent?.text)
        add("started < ?", query.before)
        add("instr(lower(name), lower(?)) > 0", query.text)
        if query.isTopLevel { conditions.append("parent IS NULL") }
        return (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "), arguments)
    }
}

extension Statement {
    /// Steps through points without a row object for each.
    func eachPoint(run: Int64, metric: Int64, _ body: (Point) -> Void) throws {
        sqlite3_bind_int64(sqliteStatement, 1, run)
        sqlite3_bind_int64(sqliteStatement, 2, metric)
        defer { sqlite3_reset(sqliteStatement) }
        while true {
            switch sqlite3_step(sqliteStatement) {
            case SQLITE_ROW:
                let isMissing = sqlite3_column_type(sqliteStatement, 3) == SQLITE_NULL
                body(
                    Point(
                        number: Int(sqlite3_column_int64(sqliteStatement, 0)),
                        step: Int(sqlite3_column_int64(sqliteStatement, 1)),
                        time: sqlite3_column_double(sqliteStatement, 2),
                        value: isMissing ? .nan : sqlite3_column_double(sqliteStatement, 3)))
            case SQLITE_DONE: return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
