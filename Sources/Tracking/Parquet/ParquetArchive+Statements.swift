internal import GRDB

/// What DuckDB is told to write.
extension ParquetArchive {
    /// SQLite itself looks up the points of a run: DuckDB would read those of all. What it hands on so is text, so numbers
    /// get as many digits as they need.
    static func points(of number: Int64, areSystem: Bool) -> String {
        """
        SELECT run, name, project, metric, \(areSystem) AS is_system, false AS is_derived,
            CAST(number AS BIGINT) AS number, CAST(step AS BIGINT) AS step,
            make_timestamp(CAST(CAST(time AS DOUBLE) * 1000000 AS BIGINT)) AS time, CAST(value AS DOUBLE) AS value
        FROM sqlite_query('runs_db', '
            SELECT runs.id AS run, runs.name AS name, project, metrics.name AS metric, points.number AS number, step,
                printf(''%!.17g'', time) AS time, iif(value IS NULL, ''NaN'', printf(''%!.17g'', value)) AS value
            FROM runs CROSS JOIN points ON points.run = runs.number JOIN metrics ON metrics.id = points.metric
            WHERE points.run = \(number) AND is_system = \(areSystem ? 1 : 0)')
        """
    }

    /// All points, typed, in one pass.
    static let allPoints = """
        SELECT run, name, project, metric, is_system, false AS is_derived, number, step, time, value FROM metrics
        """

    static func derived(_ path: String) -> String {
        """
        SELECT run, name, project, metric, false AS is_system, true AS is_derived, number, step,
            make_timestamp(CAST(time * 1000000 AS BIGINT)) AS time, CAST(value AS DOUBLE) AS value
        FROM read_json(\(DuckDB.quoted(path)), format = 'newline_delimited', columns = {run: 'VARCHAR', name: 'VARCHAR',
            project: 'VARCHAR', metric: 'VARCHAR', number: 'BIGINT', step: 'BIGINT', time: 'DOUBLE', value: 'VARCHAR'})
        """
    }

    static func copy(_ rows: String, to path: String) -> String {
        "COPY (\(rows)) TO \(DuckDB.quoted(path)) (FORMAT parquet, COMPRESSION zstd, "
            + "KV_METADATA {neo_parquet: '\(version)'});"
    }
}

extension RunStore {
    /// The numbers of runs in the database.
    func numbers(of runs: [RunID]) async throws -> [String: Int64] {
        let all = try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT id, number FROM runs").reduce(into: [String: Int64]()) {
                $0[$1["id"]] = $1["number"]
            }
        }
        let wanted = Set(runs.map(\.text))
        return all.filter { wanted.contains($0.key) }
    }
}
