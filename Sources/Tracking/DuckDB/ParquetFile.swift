internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A Parquet file that somebody else wrote.
package struct ParquetFile: Sendable {
    private let path: String
    private let duckDB: DuckDB

    package init(_ path: String, with duckDB: DuckDB) {
        self.path = HostFiles.real(path)
        self.duckDB = duckDB
    }

    /// Writes columns of all rows as lines of JSON, in the order of the file.
    ///
    /// - Parameters:
    ///   - columns: what stands behind SELECT.
    ///   - output: the file to write; whole or not at all.
    /// - Throws: ``TrackingError`` where the file is no Parquet, was cut short, or lacks a column.
    package func writeLines(_ columns: String, to output: String) async throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw TrackingError(.notFound, "There is no \(path).")
        }
        try WholeFile.makeFolder(output + ".part")
        let folder = HostFiles.real(output + ".part")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var bounds = DuckDB.Bounds(readable: [path], writable: folder)
        bounds.timeLimitSeconds = 600
        do {
            try await duckDB.run(
                [
                    ".print \(DuckDB.mark)",
                    "COPY (SELECT \(columns) FROM read_parquet(\(DuckDB.quoted(path)))) "
                        + "TO \(DuckDB.quoted(folder + "/rows")) (FORMAT json);",
                ], within: bounds)
        } catch let error as TrackingError where error.code == .invalid {
            throw TrackingError(
                .invalid,
                "\(path) cannot be read; is it whole, and Parquet? DuckDB says: "
                    + error.message.replacing("DuckDB refuses the query: ", with: ""))
        }
        try WholeFile.move(folder + "/rows", to: output)
    }
}
