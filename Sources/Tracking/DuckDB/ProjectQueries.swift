internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Answers SQL over what a project has on record (``QueryView``), and changes nothing.
///
/// A query is one SELECT: it is handed to DuckDB as a text, whose only use there is as the source of rows. The program is
/// behind walls, where the records can only be read and nothing else is there.
///
/// ```swift
/// let queries = ProjectQueries(store, with: try await DuckDBInstallation().installed())
/// let best = try await queries.rows(of: "SELECT name, max(value) FROM metrics GROUP BY name")
/// ```
package struct ProjectQueries: Sendable {
    /// What is seen of the records.
    package enum Sight: Sendable, Hashable {
        /// All of it.
        case person
        /// What an agent may see: of questions those with these ids, and what no study has held out; nothing of texts and
        /// tables of runs, nor of sessions.
        case agent(questions: Set<String>)
    }

    /// How rows are written.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        case csv, json, parquet
    }

    private let store: RunStore
    private let duckDB: DuckDB
    private let sight: Sight
    private let timeLimitSeconds: Double

    package init(_ store: RunStore, with duckDB: DuckDB, as sight: Sight = .person, timeLimitSeconds: Double = 60) {
        self.store = store
        self.duckDB = duckDB
        self.sight = sight
        self.timeLimitSeconds = timeLimitSeconds
    }

    /// The first rows of a query's result.
    ///
    /// - Parameter maximumBytes: the most that they may have on disk before they are read; any number, where nil.
    package func rows(of sql: String, limit: Int = 1000, maximumBytes: Int? = nil) async throws -> QueryRows {
        let query = try Self.source(sql)
        return try await withRecords { records, folder in
            try await records.run(
                [
                    "COPY (SELECT * FROM (DESCRIBE FROM \(query))) TO \(DuckDB.quoted(folder + "/columns.json")) (FORMAT json);",
                    "COPY (SELECT * FROM \(query) LIMIT \(limit + 1)) TO \(DuckDB.quoted(folder + "/rows.json")) (FORMAT json);",
                ])
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/rows.json")[.size] as? Int ?? 0
            if let maximumBytes, size > maximumBytes {
                throw TrackingError(
                    .invalid,
                    "The result has \(size >> 20) MB, and \(maximumBytes >> 20) MB are the most that is shown: ask for fewer "
                        + "rows or shorter values, or write it to a file with neo query --output.")
            }
            return try QueryRows(columns: folder + "/columns.json", rows: folder + "/rows.json", limit: limit)
        }
    }

    /// Writes all rows of a query's result to a file, which is there whole or not at all.
    package func write(_ sql: String, as format: Format, to path: String) async throws {
        let query = try Self.source(sql)
        try await withRecords { records, folder in
            let file = "\(folder)/rows.\(format.rawValue)"
            try await records.run(["COPY (SELECT * FROM \(query)) TO \(DuckDB.quoted(file)) (\(Self.options(format)));"]
            )
            if format == .json { try JSONNumbers.quoteWhatIsNone(in: file) }
            try WholeFile.copy(file, to: path)
        }
    }

    private static func options(_ format: Format) -> String {
        switch format {
        case .csv: "FORMAT csv, HEADER true"
        case .json: "FORMAT json, ARRAY true"
        case .parquet: "FORMAT parquet, COMPRESSION zstd, KV_METADATA {neo_views: '\(QueryView.version)'}"
        }
    }

    /// The rows of a query as a table function: DuckDB takes one SELECT there, and refuses all else.
    private static func source(_ sql: String) throws(TrackingError) -> String {
        guard !sql.contains("\0"), sql.utf8.count <= 100_000, sql.contains(where: { !$0.isWhitespace }) else {
            throw TrackingError(.invalid, "A query is a text of 1 to 100,000 bytes, such as SELECT * FROM runs.")
        }
        return "query(\(DuckDB.quoted(sql)))"
    }

    private func withRecords<Value: Sendable>(
        _ body: (OpenRecords, String) async throws -> Value
    ) async throws -> Value {
        let folder = HostFiles.real(FileManager.default.temporaryDirectory.path) + "/neo-query-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let records = try await OpenRecords(
            of: store, duckDB: duckDB, folder: folder, timeLimitSeconds: timeLimitSeconds)
        if case .agent(let questions) = sight { try await records.narrow(to: questions) }
        return try await body(records, folder)
    }
}
