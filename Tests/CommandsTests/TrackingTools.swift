import FoundationEssentials
import Testing

/// What scripts/tracking-environment installs: Trackio, DuckDB and other readers of runs.
enum TrackingTools {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The environment's folder; nil where it was not made.
    static let folder: String? = {
        let folder = root.appending(path: ".venv/tracking").path
        return FileManager.default.fileExists(atPath: folder + "/requirements.txt") ? folder : nil
    }()
}

extension NeoProcess {
    /// Gives it DuckDB as Neo installs it, once for all tests.
    func installDuckDB() async throws {
        let runtime = try #require(TrackingTools.folder) + "/runtime"
        try await shell("mkdir -p home '\(runtime)' && ln -s '\(runtime)' home/runtime")
        try await check("query", "SELECT 1", "--project", "p", "--quiet")
    }
}
