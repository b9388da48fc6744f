internal import Base
internal import GRDB
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Runs as Parquet files, for programs that know nothing of Neo: `.neo/runs/<run>/metrics.parquet` and its neighbours, or
/// one file for all.
///
/// docs/queries.md lists the columns; each file says in its metadata, as `neo_parquet`, which version of them it has. A file
/// is written beside its place and renamed: killed at any moment, it is there whole or not at all.
package struct ParquetArchive: Sendable {
    /// The version of the columns.
    package static let version = 1

    private let store: RunStore
    private let duckDB: DuckDB
    /// So long one call of DuckDB may take.
    private let timeLimitSeconds: Double

    package init(_ store: RunStore, with duckDB: DuckDB, timeLimitSeconds: Double = 600) {
        self.store = store
        self.duckDB = duckDB
        self.timeLimitSeconds = timeLimitSeconds
    }

    /// Writes the files of runs that have ended and have none yet, or others than now.
    ///
    /// - Parameters:
    ///   - includesDerived: whether metrics that are computed from others are written as well.
    ///   - limit: the most runs, the latest first.
    /// - Returns: the folders that were written.
    @discardableResult
    package func writeMissing(includesDerived: Bool = false, limit: Int = .max) async throws -> [String] {
        var query = RunQuery()
        query.limit = .max
        let ended = try await store.runs(query).filter { $0.status != .running }
        var written: [String] = []
        // So many runs share one start of the program.
        var waiting: [Run] = []
        for run in ended where written.count + waiting.count < limit {
            let mark = try await mark(of: run, includesDerived)
            guard FileManager.default.contents(atPath: folder(of: run) + "/" + Self.markName) != Data(mark.utf8) else {
                continue
            }
            waiting.append(run)
            if waiting.count == 50 {
                written += try await write(waiting, includesDerived)
                waiting = []
            }
        }
        if !waiting.isEmpty { written += try await write(waiting, includesDerived) }
        return written
    }

    /// Writes the points of all runs to one file.
    ///
    /// - Returns: how many points it has.
    package func writeMetrics(to path: String, includesDerived: Bool = false) async throws -> Int {
        try await withFolder(beside: path) { folder in
            var parts = [Self.allPoints]
            if includesDerived {
                var query = RunQuery()
                query.limit = .max
                if try await DerivedPoints(store).write(try await store.runs(query), to: folder + "/derived.jsonl") {
                    parts.append(Self.derived(folder + "/derived.jsonl"))
                }
            }
            let file = folder + "/metrics.parquet"
            let said = try await run(
                Self.preparations + [
                    // To keep the order takes four times as long; "number" says it.
                    "SET preserve_insertion_order = false;",
                    Self.copy(parts.joined(separator: " UNION ALL BY NAME "), to: file),
                    "SELECT 'points', num_rows FROM parquet_file_metadata(\(DuckDB.quoted(file)));",
                ], folder)
            try WholeFile.move(file, to: path)
            return said.split(separator: "\n").last { $0.hasPrefix("points,") }.flatMap { Int($0.dropFirst(7)) } ?? 0
        }
    }

    // MARK: - Parts

    private static let markName = ".parquet"

    private func folder(of run: Run) -> String { "\(store.folder)/runs/\(run.id.folderName)" }

    /// What the files were made from.
    private func mark(of run: Run, _ includesDerived: Bool) async throws -> String {
        let corrections = try await store.corrections(of: run.id).count
        var text = "\(Self.version) \(run.points) \(run.lastLogged) \(corrections)"
        if includesDerived {
            text += try await store.derived(of: run.id).map { " \($0.name)=\($0.expression.text)" }.joined()
        }
        return text
    }

    private func write(_ runs: [Run], _ includesDerived: Bool) async throws -> [String] {
        try await withFolder(beside: store.folder + "/runs/x") { folder in
            let numbers = try await store.numbers(of: runs.map(\.id))
            var statements: [String] = []
            var marks: [(Run, String)] = []
            for run in runs {
                guard let number = numbers[run.id.text] else { continue }
                marks.append((run, try await mark(of: run, includesDerived)))
                let own = "\(folder)/\(run.id.folderName)"
                try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
                var metrics = Self.points(of: number, areSystem: false)
                if includesDerived, try await DerivedPoints(store).write([run], to: own + "/derived.jsonl") {
                    metrics += " UNION ALL BY NAME " + Self.derived(own + "/derived.jsonl")
                }
                statements += [
                    Self.copy(metrics, to: own + "/metrics.parquet"),
                    Self.copy(Self.points(of: number, areSystem: true), to: own + "/system.parquet"),
                    Self.copy(
                        "SELECT * FROM runs WHERE run = \(DuckDB.quoted(run.id.text))", to: own + "/config.parquet"),
                    Self.copy(
                        "SELECT * FROM entries WHERE run = \(DuckDB.quoted(run.id.text))", to: own + "/entries.parquet"),
                ]
                statements += try await TableFiles(store).statements(of: run, in: own)
            }
            _ = try await self.run(statements, folder)
            for (run, mark) in marks {
                try place("\(folder)/\(run.id.folderName)", at: self.folder(of: run), mark)
            }
            return marks.map { self.folder(of: $0.0) }
        }
    }

    /// Moves the files of one run to their places; the mark comes last.
    private func place(_ source: String, at target: String, _ mark: String) throws {
        try WholeFile.makeFolder(target)
        for name in try FileManager.default.contentsOfDirectory(atPath: source).sorted()
        where name.hasSuffix(".parquet") {
            try WholeFile.move("\(source)/\(name)", to: "\(target)/\(name)")
        }
        try WholeFile.write(Array(mark.utf8), to: "\(target)/\(Self.markName)")
    }

    /// SQLite itself looks up the points of a run: DuckDB would read those of all. What it hands on so is text, so numbers
    /// get as many digits as they need.
    private static func points(of number: Int64, areSystem: Bool) -> String {
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
    private static let preparations = [
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
    private static let allPoints = """
        SELECT named_runs.run AS run, name, project, named_metrics.metric AS metric, is_system, false AS is_derived,
            CAST(points.number AS BIGINT) AS number, CAST(step AS BIGINT) AS step, make_timestamp(CAST(time * 1000000 AS BIGINT)) AS time,
            -- SQLite keeps NaN as NULL.
            coalesce(value, 'NaN'::DOUBLE) AS value
        FROM runs_db.points AS points JOIN named_runs ON named_runs.number = points.run
        JOIN named_metrics ON named_metrics.id = points.metric
        """

    private static func derived(_ path: String) -> String {
        """
        SELECT run, name, project, metric, false AS is_system, true AS is_derived, number, step,
            make_timestamp(CAST(time * 1000000 AS BIGINT)) AS time, CAST(value AS DOUBLE) AS value
        FROM read_json(\(DuckDB.quoted(path)), format = 'newline_delimited', columns = {run: 'VARCHAR', name: 'VARCHAR',
            project: 'VARCHAR', metric: 'VARCHAR', number: 'BIGINT', step: 'BIGINT', time: 'DOUBLE', value: 'VARCHAR'})
        """
    }

    private static func copy(_ rows: String, to path: String) -> String {
        "COPY (\(rows)) TO \(DuckDB.quoted(path)) (FORMAT parquet, PARQUET_VERSION v2, "
            + "COMPRESSION zstd, KV_METADATA {neo_parquet: '\(version)'});"
    }

    private func run(_ statements: [String], _ folder: String) async throws -> String {
        // Held open, so that SQLite's log is there for who may not write.
        _ = try await store.count()
        let path = HostFiles.real(store.folder) + "/runs.db"
        var bounds = DuckDB.Bounds(readable: [path, path + "-wal", path + "-shm"], writable: folder)
        bounds.timeLimitSeconds = timeLimitSeconds
        let views = QueryView.all.filter { ["runs", "metrics", "entries"].contains($0.name) }.map {
            $0.definition(isThere: true)
        }
        return try await duckDB.run(
            ["ATTACH \(DuckDB.quoted(path)) AS runs_db (TYPE sqlite, READ_ONLY);"] + views + [".print \(DuckDB.mark)"]
                + statements, within: bounds)
    }

    private func withFolder<Value>(beside path: String, _ body: (String) async throws -> Value) async throws -> Value {
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let name = "/.parquet-\(UUID().uuidString).part"
        try WholeFile.makeFolder(parent + name)
        let folder = HostFiles.real(parent + name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
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
