internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The results of a project's last search, as files.
package enum ReportArchive {
    /// The file that the others are made from.
    static let resultsName = "results.json"
    /// All files, relative to the project's folder.
    static let fileNames = [resultsName, "report.md", "report.html", "manifest.json"]

    /// Reads `results.json`.
    ///
    /// - Throws: `EngineerError` where no search has finished, or the file was damaged.
    package static func read(_ project: Project) throws(EngineerError) -> SearchResults {
        let path = project.path(resultsName)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EngineerError(
                code: .noResults, message: "There is no results.json in \(project.folder): run `neo search` first."
            )
        }
        do {
            return try JSONValue(parsing: data).decoded(as: SearchResults.self)
        } catch {
            throw EngineerError(
                code: .noResults,
                message:
                    "\(path) cannot be read as results. Run `neo search` again: it writes the file anew from its journal.",
                cause: error
            )
        }
    }

    /// Writes `results.json`, `report.md`, `report.html` and `manifest.json`, each at once or not at all.
    static func write(
        _ results: SearchResults, workspace: Workspace, models: StudyModels, options: SearchOptions
    ) throws {
        let project = workspace.project
        let manifest = Manifest.json(results, workspace: workspace, models: models, options: options)
        try writeReports(results, manifest, project, for: options.reader)
        try AtomicFile.write(manifest.prettyText + "\n", to: project.path("manifest.json"))
        // Last: whoever finds new results also finds their reports.
        try AtomicFile.write(JSONValue(encoding: results).prettyText + "\n", to: project.path(resultsName))
    }

    /// Writes the reports again from `results.json`, and from `manifest.json` where that is there.
    ///
    /// - Parameter reader: for whom the explanations of report.html are open.
    package static func rewrite(_ project: Project, for reader: ReaderLevel = .practitioner) throws -> SearchResults {
        let results = try read(project)
        let manifest = FileManager.default.contents(atPath: project.path("manifest.json"))
            .flatMap { try? JSONValue(parsing: $0) }
        try writeReports(results, manifest, project, for: reader)
        return results
    }

    private static func writeReports(
        _ results: SearchResults, _ manifest: JSONValue?, _ project: Project, for reader: ReaderLevel
    ) throws {
        try AtomicFile.write(MarkdownReport.render(results, manifest: manifest), to: project.path("report.md"))
        try AtomicFile.write(
            HTMLReport.render(results, manifest: manifest, for: reader), to: project.path("report.html"))
    }
}
