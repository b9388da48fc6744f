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

    /// Names as numbers: compared and written for each of millions of rows, texts take as long as all else together.
    static let preparations = [
        "CREATE TYPE run_id AS ENUM (SELECT DISTINCT id FROM runs_db.runs);",
        "CREATE TYPE run_name AS ENUM (SELECT DISTINCT name FROM runs_db.runs);",
        "CREATE TYPE project AS ENUM (SELECT DISTINCT project FROM runs_db.runs);",
        "CREATE TYPE metric AS ENUM (SELECT DISTINCT name FROM runs_db.metrics);",
        """
        CREATE TABLE named_runs AS
        SELECT number, id::run_id AS run, name::run_name AS name, project::project AS project FROM runs_db.runs;
        """,
        """
        CREATE TABLE named_metrics AS
        SELECT id, name::metric AS metric, is_system::BOOLEAN AS is_system FROM runs_db.metrics;
        """,
    ]

    /// All points, typed, in one pass.
    static let allPoints = """
        SELECT named_runs.run AS run, name, project, named_metrics.metric AS metric, is_system, false AS is_derived,
            CAST(points.number AS BIGINT) AS number, CAST(step AS BIGINT) AS step,
            make_timestamp(CAST(time * 1000000 AS BIGINT)) AS time,
            -- SQLite keeps NaN as NULL.
            coalesce(value, 'NaN'::DOUBLE) AS value
        FROM runs_db.points AS points JOIN named_runs ON named_runs.number = points.run
        JOIN named_metrics ON named_metrics.id = points.metric
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
        "COPY (\(rows)) TO \(DuckDB.quoted(path)) (FORMAT parquet, PARQUET_VERSION v2, "
            + "COMPRESSION zstd, KV_METADATA {neo_parquet: '\(version)'});"
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
