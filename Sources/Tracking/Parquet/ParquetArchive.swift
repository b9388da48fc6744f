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

    /// Writes the files of runs that have ended and have none yet, or others than now. Of several processes that want to,
    /// one does and the others wait.
    ///
    /// - Parameter includesDerived: whether metrics that are computed from others are written as well. Where a run's files
    ///   have them already, they keep them.
    /// - Returns: the folders that were written.
    @discardableResult
    package func writeMissing(includesDerived: Bool = false) async throws -> [String] {
        let lock = ParquetUpkeep.lockPath(store.folder)
        while true {
            do {
                return try await withExclusiveLock(at: lock, purpose: "Writing the Parquet files of runs") {
                    try await writeMissingAlone(includesDerived: includesDerived)
                }
            } catch let error as StorageError where error.code == .busy {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// The same, for who holds the lock.
    func writeMissingAlone(includesDerived: Bool = false) async throws -> [String] {
        clearUp()
        var query = RunQuery()
        query.limit = .max
        let ended = try await store.runs(query).filter { $0.status != .running }
        var written: [String] = []
        var waiting: [(Run, Bool)] = []
        for run in ended {
            let plain = try await mark(of: run, false)
            let known = FileManager.default.contents(atPath: folder(of: run) + "/" + Self.markName)
                .map { String(decoding: $0, as: UTF8.self) }
            let hadDerived = (known?.split(separator: " ").count ?? 0) > plain.split(separator: " ").count
            let withDerived = includesDerived || hadDerived
            guard known != (withDerived ? try await mark(of: run, true) : plain) else { continue }
            waiting.append((run, withDerived))
            if waiting.count == Self.batch {
                written += try await write(waiting)
                waiting = []
            }
        }
        if !waiting.isEmpty { written += try await write(waiting) }
        return written
    }

    /// Another text after a run has ended, or one that has was corrected or removed: what the files are made from. Nil
    /// where none has ended.
    static func stamp(of store: RunStore) async throws -> String? {
        try await store.database.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*) AS runs, max(number) AS latest, max(last_logged) AS logged, total(points) AS points,
                        (SELECT count(*) FROM corrections) AS corrections
                    FROM runs WHERE status != 'running'
                    """)
            guard let row, row["runs"] as Int > 0 else { return nil }
            return "\(version) " + row.databaseValues.map { "\($0)" }.joined(separator: " ")
        }
    }

    /// Writes the points of all runs to one file.
    ///
    /// - Returns: how many points it has.
    package func writeMetrics(to path: String, includesDerived: Bool = false) async throws -> Int {
        try WholeFile.makeFolder(
            path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
        return try await withFolder(beside: path) { folder in
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

    /// Where the files of a run lie; nil where none were written yet.
    package static func folder(of run: Run, in store: RunStore) -> String? {
        let folder = "\(store.folder)/runs/\(run.id.folderName)"
        return HostFiles.exists("\(folder)/\(markName)") ? folder : nil
    }

    // MARK: - Parts

    private static let markName = ".parquet"
    /// So many runs share one start of DuckDB.
    static let batch = 50
    private static let unfinished = (prefix: ".parquet-", suffix: ".part")

    private func folder(of run: Run) -> String { "\(store.folder)/runs/\(run.id.folderName)" }

    /// Makes a folder in one that is there: a project that was removed meanwhile does not come back.
    private static func makeFolder(_ path: String) throws {
        guard !HostFiles.exists(path) else { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        } catch {
            throw TrackingError(
                .fileSystem, "The folder \(path) cannot be made. Is the one that it lies in there, and is there room?",
                cause: error)
        }
    }

    /// Removes what one that was killed has left behind; nobody else writes while the lock is held.
    private func clearUp() {
        let runs = store.folder + "/runs"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        where name.hasPrefix(Self.unfinished.prefix) && name.hasSuffix(Self.unfinished.suffix) {
            try? FileManager.default.removeItem(atPath: "\(runs)/\(name)")
        }
    }

    /// What the files were made from.
    private func mark(of run: Run, _ includesDerived: Bool) async throws -> String {
        let corrections = try await store.corrections(of: run.id).count
        var text = "\(Self.version) \(run.points) \(run.lastLogged) \(corrections)"
        if includesDerived {
            text += try await store.derived(of: run.id).map { " \($0.name)=\($0.expression.text)" }.joined()
        }
        return text
    }

    private func write(_ runs: [(run: Run, withDerived: Bool)]) async throws -> [String] {
        try Self.makeFolder(store.folder + "/runs")
        return try await withFolder(beside: store.folder + "/runs/x") { folder in
            let numbers = try await store.numbers(of: runs.map(\.run.id))
            var statements: [String] = []
            var marks: [(Run, String)] = []
            for (run, includesDerived) in runs {
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
        try Self.makeFolder(target)
        for name in try FileManager.default.contentsOfDirectory(atPath: source).sorted()
        where name.hasSuffix(".parquet") {
            try WholeFile.move("\(source)/\(name)", to: "\(target)/\(name)")
        }
        try WholeFile.write(Array(mark.utf8), to: "\(target)/\(Self.markName)")
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
        let name = "/\(Self.unfinished.prefix)\(UUID().uuidString)\(Self.unfinished.suffix)"
        try Self.makeFolder(parent + name)
        let folder = HostFiles.real(parent + name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }
}
