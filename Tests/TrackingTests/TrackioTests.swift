import Base
import Foundation
import Processes
import TestSupport
import Testing

@testable import Tracking

@Suite(
    .enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs what these need"))
struct TrackioTests {
    private func withStore(_ body: (RunStore, TrackioFolder) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let store = try RunStore.open(folder + "/.neo", project: "demo docs")
            let logger = try RunLogger(
                in: store.folder, project: "demo docs", name: "first",
                facts: RunFacts(group: "g", configuration: ["lr": 0.1]))
            for (step, value) in [1.0, Double.nan, 0.25].enumerated() {
                logger.log(["loss": value, "n": 1], step: step)
            }
            logger.logSystem(["cpu_percent": 50])
            logger.alert("diverges", level: .error)
            logger.finish()
            _ = try RunLogger(in: store.folder, project: "demo docs", name: "silent", facts: RunFacts())
            _ = try await store.refresh()
            try await body(store, TrackioFolder(folder + "/trackio"))
        }
    }

    private func trackio(_ folder: TrackioFolder, _ arguments: String...) async throws -> JSONValue {
        let output = try await TrackingTools.run(
            "trackio", arguments + ["--json"], ["TRACKIO_DIR": folder.path, "HF_HUB_OFFLINE": "1"])
        // Python writes NaN as it is.
        return try JSONValue(parsing: JSONNumbers.quotingWhatIsNone(in: Data(output.utf8)))
    }

    @Test("Trackio lists the runs, gets a metric and an alert, and writing again doubles nothing")
    func commandLine() async throws {
        try await withStore { store, folder async throws in
            let first = try await TrackioExport(to: folder).write(store)
            #expect(first.runs == 2 && first.rows == 4 && first.unchanged == 0)
            #expect(try await TrackioExport(to: folder).write(store).unchanged == 2)
            let run = try await store.run("first")
            try await store.correct(run.id, metric: "loss", step: 0, to: 2, author: "me", reason: nil)
            #expect(try await TrackioExport(to: folder).write(store).runs == 1)

            let runs = try await trackio(folder, "list", "runs", "--project", "demodocs")
            #expect(runs.canonicalText.contains("first") && runs.canonicalText.contains("silent"))
            let metric = try await trackio(
                folder, "get", "metric", "--project", "demodocs", "--run", "first", "--metric", "loss")
            #expect(metric["values"]?.array?.map { $0["value"] } == [2, "NaN", 0.25], "\(metric.canonicalText)")
            let alerts = try await trackio(folder, "list", "alerts", "--project", "demodocs")
            #expect(alerts.canonicalText.contains("diverges"))
            let rows = try await trackio(
                folder, "query", "project", "--project", "demodocs", "--sql", "SELECT count(*) AS n FROM metrics")
            #expect(rows.canonicalText.contains("4"), "\(rows.canonicalText)")
        }
    }

    @Test("Trackio's dashboard opens on what was written")
    func dashboard() async throws {
        try await withStore { store, folder async throws in
            _ = try await TrackioExport(to: folder).write(store)
            let said = try await TrackingTools.run(
                "python", [TrackingTools.script("open_trackio.py"), "demodocs"],
                ["TRACKIO_DIR": folder.path, "HF_HUB_OFFLINE": "1"])
            #expect(said.contains("first") && said.contains("api_version"), "\(said)")
        }
    }

    @Test("What Trackio has comes back, once")
    func roundTrip() async throws {
        try await withStore { store, folder async throws in
            _ = try await TrackioExport(to: folder).write(store)
            try await withTemporaryDirectory { other async throws in
                let copy = try RunStore.open(other + "/.neo", project: "other")
                let path = try #require(folder.projects().map { "\(folder.path)/\($0).db" }.first)
                let taken = try await TrackioImport(path).take(into: copy)
                #expect(taken.runs == 2 && taken.known == 0 && taken.rejected == 0)
                let (before, after) = (try await store.run("first"), try await copy.run("first"))
                #expect(before.id == after.id && after.group == "g" && after.status == .finished)
                #expect(after.configuration["lr"] == 0.1 && abs(after.started - before.started) < 0.01)
                let losses = try await copy.points(of: after.id, metric: "loss")
                #expect(losses.map(\.step) == [0, 1, 2] && losses[1].value.isNaN && losses[2].value == 0.25)
                #expect(try await copy.alerts().map(\.alert.title) == ["diverges"])
                let again = try await TrackioImport(path).take(into: copy)
                #expect(again.runs == 0 && again.known == 2)
                #expect(try await copy.run("first").points == after.points)
            }
        }
    }

    @Test("A file that is no database of Trackio's is said")
    func damaged() async throws {
        try await withStore { store, folder async throws in
            let path = store.folder + "/none.db"
            try Data("no database, but long enough to be taken for one".utf8).write(to: URL(filePath: path))
            await #expect(throws: TrackingError.self) { try await TrackioImport(path).take(into: store) }
            await #expect(throws: TrackingError.self) { try await TrackioImport(path + "x").take(into: store) }
        }
    }

    @Test("Lines of a file come once, half a line is counted, and an end is added")
    func lines() async throws {
        try await withTemporaryDirectory { folder async throws in
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            let path = folder + "/runs.jsonl"
            let line = #"{"v":1,"kind":"metric","run_id":"a","metrics":{"x":1},"step":3,"timestamp":100}"#
            try Data("\(line)\n\n{\"v\":1,\"kind\":\"me".utf8).write(to: URL(filePath: path))
            for expected in [(1, 0), (0, 1)] {
                let taken = try await LineImport(path).take(into: store)
                #expect(taken.runs == expected.0 && taken.known == expected.1 && taken.rejected == 1)
            }
            let run = try await store.run("a")
            #expect(run.status == .finished && run.points == 1 && run.started == 100 && run.ended == 100)
        }
    }
}
