import Foundation
import Processes
import Testing

@testable import Tracking

/// What scripts/tracking-environment installs.
enum TrackingTools {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The environment's folder; nil where it was not made.
    static let folder: String? = {
        let folder = root.appending(path: ".venv/tracking").path
        return FileManager.default.fileExists(atPath: folder + "/requirements.txt") ? folder : nil
    }()

    /// DuckDB as Neo installs it, once for all tests.
    static func duckDB() async throws -> DuckDB {
        try await DuckDBInstallation(root: #require(folder) + "/runtime").installed()
    }

    /// Runs a program of the environment and answers what it printed.
    static func run(
        _ program: String, _ arguments: [String], _ variables: [String: String] = [:]
    ) async throws -> String {
        let result = try await ChildProcess(
            executable: "\(try #require(folder))/bin/\(program)", arguments: arguments,
            environment: ProcessInfo.processInfo.environment.merging(variables) { _, new in new },
            timeLimitSeconds: 120
        ).run()
        try #require(result.status == 0, "\(program) \(arguments): \(result.errorOutput)")
        return result.output
    }

    static func script(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: name).path
    }
}
