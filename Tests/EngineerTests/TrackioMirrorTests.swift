import Base
import Processes
import TestSupport
import Testing
import Tracking

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Runs that go over to Trackio while they go on, read by Trackio itself.
@Suite(.timeLimit(.minutes(2)))
struct TrackioMirrorTests {
    /// Trackio's program, of scripts/tracking-environment; nil where it was not made.
    static let trackio: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: ".venv/tracking/bin/trackio").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    /// What Trackio says, as JSON; nil where it says that there is nothing.
    private func asked(_ folder: TrackioFolder, _ arguments: String...) async throws -> JSONValue? {
        var environment = ProcessInfo.processInfo.environment
        environment["TRACKIO_DIR"] = folder.path
        environment["HF_HUB_OFFLINE"] = "1"
        let result = try await ChildProcess(
            executable: try #require(Self.trackio), arguments: arguments + ["--json"], environment: environment
        ).run()
        return result.status == 0 ? try? JSONValue(parsing: result.output) : nil
    }

    private func withMirror(
        _ body: (RunLogger, TrackioMirror, Collected<String>) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder async throws in
            let logger = try RunLogger(
                in: folder + "/.neo", project: "demo", name: "search", facts: RunFacts(kind: "search"))
            let said = Collected<String>()
            let mirror = TrackioMirror(
                state: folder + "/.neo", project: "demo", run: logger.id, folder: TrackioFolder(folder + "/trackio"),
                pauseSeconds: 0.05, trouble: { said.add($0) })
            try await body(logger, mirror, said)
        }
    }

    @Test(.enabled(if: trackio != nil, "scripts/tracking-environment installs Trackio"))
    func `Trackio reads trials and figures while the search goes on`() async throws {
        try await withMirror { logger, mirror, said async throws in
            try await mirror.during {
                for trial in 0..<3 {
                    logger.log(
                        part: try RunID("\(logger.id.text)-trial-\(trial)"), name: "trial \(trial)", facts: RunFacts(),
                        metrics: ["ndcg": Double(trial) / 4])
                    logger.log(["best": Double(trial) / 4], step: trial)
                    // It has not ended, and its reader sees all that it has.
                    var values: [JSONValue?] = []
                    while values.count <= trial {
                        let metric = try await asked(
                            mirror.folder, "get", "metric", "--project", "demo", "--run", "search", "--metric", "best")
                        values = metric?["values"]?.array?.map { $0["value"] } ?? []
                    }
                    #expect(values.last??.number == Double(trial) / 4)
                    let runs = try await asked(mirror.folder, "list", "runs", "--project", "demo")
                    #expect(runs?.canonicalText.contains("trial \(trial)") == true, "\(runs?.canonicalText ?? "")")
                }
            }
            #expect(said.all.isEmpty)
        }
    }

    @Test func `work does not wait for a Trackio that cannot be written, and it is said once`() async throws {
        try await withMirror { logger, mirror, said async throws in
            // A file where the folder should be.
            try Data().write(to: URL(filePath: mirror.folder.path))
            try await mirror.during {
                while said.all.isEmpty { await Task.yield() }
                logger.log(["best": 1], step: 1)
                try await Task.sleep(for: .milliseconds(300))
            }
            #expect(said.all.count == 1 && said.all[0].contains("Trackio does not get this run"), "\(said.all)")
        }
    }
}
