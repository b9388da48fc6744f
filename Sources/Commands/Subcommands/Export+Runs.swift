internal import Base
internal import Engineer
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Export {
    /// Writes runs, which a project has also before its first search.
    func exportRuns() async throws {
        let store = try await RunFolder(project.project).open(output)
        let target = file.map { Project.absolute($0) }
        if format == .trackio {
            let folder = target.map { TrackioFolder($0) } ?? .standard(ProcessInfo.processInfo.environment)
            let summary = try await TrackioExport(to: folder).write(store)
            return try output.render([
                "folder": .string(folder.path), "files": .array(summary.files.map { .string($0) }),
                "runs": .integer(summary.runs), "rows": .integer(summary.rows),
                "unchanged": .integer(summary.unchanged),
            ]) {
                """
                Wrote \(summary.runs) runs with \(summary.rows) rows; \(summary.unchanged) were there as they are.
                Next: TRACKIO_DIR=\(folder.path) trackio show
                """
            }
        }
        let duckDB = try await DuckDBInstallation().installed { output.note("neo: \($0)") }
        let archive = ParquetArchive(store, with: duckDB)
        if let target {
            let points = try await archive.writeMetrics(to: target, includesDerived: derived)
            try output.render(["file": .string(target), "points": .integer(points)]) {
                "Wrote \(points) points to \(target)."
            }
        } else {
            let folders = try await archive.writeMissing(includesDerived: derived)
            try output.render(["folders": .array(folders.map { .string($0) })]) {
                folders.isEmpty
                    ? "The files of all runs that have ended are as they should be."
                    : "Wrote the files of \(folders.count) runs below \(store.folder)/runs."
            }
        }
    }
}
