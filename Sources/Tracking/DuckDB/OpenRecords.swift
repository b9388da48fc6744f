internal import Base
internal import Storage
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A project's records, open for one query.
///
/// The databases are held open meanwhile: SQLite reads one that cannot be written only while its log is there, and the
/// last who closes it takes that away.
final class OpenRecords: Sendable {
    /// Kept, so that its database stays open.
    private let store: RunStore
    /// The project's `.neo`, without links.
    private let records: String
    private let state: NeoDatabase?
    private let service: ServiceDatabase?
    private let duckDB: DuckDB
    private let folder: String
    private let timeLimitSeconds: Double
    /// Where what an agent may see was copied to; nil where all is seen.
    private let narrowed = Mutex<String?>(nil)

    init(of store: RunStore, duckDB: DuckDB, folder: String, timeLimitSeconds: Double) async throws {
        self.store = store
        records = HostFiles.real(store.folder)
        self.duckDB = duckDB
        self.folder = folder
        self.timeLimitSeconds = timeLimitSeconds
        _ = try await store.count()
        let path = records + "/neo.db"
        state = FileManager.default.fileExists(atPath: path) ? try NeoDatabase(path: path) : nil
        let served = records + "/service.db"
        service = FileManager.default.fileExists(atPath: served) ? try ServiceDatabase(path: served) : nil
    }

    /// Runs statements over the views.
    func run(_ statements: [String]) async throws {
        let copy = narrowed.withLock { $0 }
        var bounds = DuckDB.Bounds(writable: folder)
        bounds.timeLimitSeconds = timeLimitSeconds
        if copy == nil { bounds.readable = files } else { bounds.readsSQLite = false }
        let opening =
            copy.map { ["ATTACH \(DuckDB.quoted($0)) AS seen (READ_ONLY);", "USE seen;"] } ?? preparations
        let paths = ([folder] + (copy == nil ? [sessions] : [])).map { DuckDB.quoted($0) }.joined(separator: ", ")
        try await duckDB.run(
            opening + [
                "SET allowed_directories = [\(paths)];", "SET enable_external_access = false;",
                "SET lock_configuration = true;", ".print \(DuckDB.mark)",
            ] + statements, within: bounds)
    }

    /// Copies what an agent may see, and shows nothing else from here on: what its query runs beside has no more in it.
    ///
    /// - Parameter questions: the ids of the questions that it may know of.
    func narrow(to questions: Set<String>) async throws {
        let path = folder + "/seen.duckdb"
        var bounds = DuckDB.Bounds(readable: files, writable: folder)
        bounds.timeLimitSeconds = timeLimitSeconds
        let copies = QueryView.all.map { view in
            let condition =
                view.isForAgents ? Self.visible(of: view, questions, isThere: isThere(view)) : "WHERE false"
            return "CREATE TABLE seen.\(DuckDB.name(view.name)) AS SELECT \(Self.columns(of: view)) "
                + "FROM \(DuckDB.name(view.name)) \(condition);"
        }
        try await duckDB.run(preparations + ["ATTACH \(DuckDB.quoted(path)) AS seen;"] + copies, within: bounds)
        narrowed.withLock { $0 = path }
    }

    /// A question that any study has held out is nobody's to learn from, also where another one searched with it.
    private static func visible(of view: QueryView, _ questions: Set<String>, isThere: Bool) -> String {
        guard view.name == "measurements", isThere else { return "" }
        let list = (questions.isEmpty ? [""] : questions.sorted()).map { DuckDB.quoted($0) }.joined(separator: ", ")
        return """
            WHERE split = 'search' AND item NOT IN (SELECT item FROM state_db.evaluations)
                AND list_contains([\(list)], item)
            """
    }

    /// What failed because of a golden row may quote it.
    private static func columns(of view: QueryView) -> String {
        guard view.columns.contains(where: { $0.name == "failure" }) else { return "*" }
        return """
            * REPLACE (CASE WHEN contains(lower(failure), 'golden') THEN 'something about the golden questions'
                ELSE failure END AS failure)
            """
    }

    private var sessions: String { records + "/sessions" }
    private var hasSessions: Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: sessions)) ?? []
        return names.contains { $0.hasSuffix(".jsonl") }
    }

    private var files: [String] {
        let databases = [records + "/runs.db"] + [state?.path, service?.path].compactMap { $0 }
        return databases.flatMap { [$0, $0 + "-wal", $0 + "-shm"] } + (hasSessions ? [sessions] : [])
    }

    private func isThere(_ view: QueryView) -> Bool {
        switch view.origin {
        case .runs: true
        case .state: state != nil
        case .service: service != nil
        case .sessions: hasSessions
        case .nowhere: false
        }
    }

    private var preparations: [String] {
        var statements = ["ATTACH \(DuckDB.quoted(records + "/runs.db")) AS runs_db (TYPE sqlite, READ_ONLY);"]
        if let state {
            statements.append("ATTACH \(DuckDB.quoted(state.path)) AS state_db (TYPE sqlite, READ_ONLY);")
        }
        if let service {
            statements.append("ATTACH \(DuckDB.quoted(service.path)) AS service_db (TYPE sqlite, READ_ONLY);")
        }
        if hasSessions {
            // A line that is cut off is passed over.
            statements.append(
                """
                CREATE VIEW session_lines AS SELECT json, filename FROM read_ndjson_objects(
                    \(DuckDB.quoted(sessions + "/*.jsonl")), filename = true, ignore_errors = true)
                    WHERE json IS NOT NULL;
                """)
        }
        return statements + QueryView.all.map { $0.definition(isThere: isThere($0)) }
    }
}
