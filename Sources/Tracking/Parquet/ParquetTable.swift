internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A table of lines of JSON as a Parquet file.
package struct ParquetTable: Sendable {
    private let duckDB: DuckDB

    package init(with duckDB: DuckDB) {
        self.duckDB = duckDB
    }

    /// Writes the file; whole or not at all. Columns have the types that all lines together show.
    ///
    /// - Parameters:
    ///   - lines: a file with one JSON object a line.
    ///   - output: the file to write.
    ///   - reals: columns that hold real numbers, also where all of them happen to be whole.
    package func write(lines: String, to output: String, reals: [String] = []) async throws {
        try WholeFile.makeFolder(output + ".part")
        let folder = HostFiles.real(output + ".part")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let input = HostFiles.real(lines)
        let casts = reals.map { "CAST(\(DuckDB.name($0)) AS DOUBLE) AS \(DuckDB.name($0))" }
        let columns = casts.isEmpty ? "*" : "* REPLACE (\(casts.joined(separator: ", ")))"
        try await duckDB.run(
            [
                ".print \(DuckDB.mark)",
                "COPY (SELECT \(columns) FROM read_json(\(DuckDB.quoted(input)), format = 'newline_delimited', "
                    + "sample_size = -1)) TO \(DuckDB.quoted(folder + "/rows")) (FORMAT parquet, COMPRESSION zstd);",
            ], within: DuckDB.Bounds(readable: [input], writable: folder))
        try WholeFile.move(folder + "/rows", to: output)
    }
}
