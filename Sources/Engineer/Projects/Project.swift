internal import Base
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A project's folder and what its `neo.yaml` says.
package struct Project: Sendable {
    /// The folder, as an absolute path.
    package let folder: String
    /// What `neo.yaml` says.
    package let file: ProjectFile

    /// A project whose settings are known.
    init(folder: String, file: ProjectFile) {
        self.folder = folder
        self.file = file
    }

    /// Opens the project in a folder.
    ///
    /// - Throws: `EngineerError` where there is no `neo.yaml`, or it is malformed.
    package init(opening path: String) throws(EngineerError) {
        let folder = Self.absolute(path)
        // An empty neo.yaml that a killed run left behind is none.
        WorkspaceProtection.clearLeftovers(in: folder)
        let yamlPath = folder + "/neo.yaml"
        guard let data = FileManager.default.contents(atPath: yamlPath) else {
            throw EngineerError(
                code: .project,
                message: "There is no neo.yaml in \(folder). Name a project's folder, or make one with "
                    + "`neo new \(path) --documents 'docs/**/*.md'`."
            )
        }
        // No YAML that somebody wrote is so long, and the parser would hold it many times.
        guard data.count <= 1_000_000 else {
            throw EngineerError(
                code: .invalidProjectFile,
                message: "\(yamlPath) has \(data.count / 1_000_000) MB, and the limit is 1 MB: is it a project file?")
        }
        self.folder = folder
        file = try ProjectFile(
            yaml: String(decoding: data, as: UTF8.self), file: yamlPath,
            folderName: folder.split(separator: "/").last.map(String.init) ?? "project"
        )
    }

    /// A path inside the project; absolute paths stay as they are.
    package func path(_ relative: String) -> String {
        relative.hasPrefix("/") ? relative : "\(folder)/\(relative)"
    }

    /// The database of the project.
    package var databasePath: String { path(".neo/neo.db") }
    /// The lock that one search at a time holds.
    package var lockPath: String { path(".neo/search.lock") }
    /// The stage cache; may be deleted at any time.
    package var cachePath: String { path(".neo/cache") }

    /// Makes `.neo` with a rule that keeps it out of version control.
    package func prepareStateFolder() throws(EngineerError) {
        try AtomicFile.makeFolder(path(".neo"))
        let ignore = path(".neo/.gitignore")
        if !FileManager.default.fileExists(atPath: ignore) { try AtomicFile.write("*\n", to: ignore) }
    }

    /// The absolute form of a path, `~` and the working directory resolved.
    package static func absolute(_ path: String) -> String {
        var full = path
        if full == "~" || full.hasPrefix("~/") {
            full = FileManager.default.homeDirectoryForCurrentUser.path(percentEncoded: false) + full.dropFirst()
        }
        if !full.hasPrefix("/") { full = FileManager.default.currentDirectoryPath + "/" + full }
        let standard = URL(filePath: full).standardized.path(percentEncoded: false)
        return standard.count > 1 && standard.hasSuffix("/") ? String(standard.dropLast()) : standard
    }
}
