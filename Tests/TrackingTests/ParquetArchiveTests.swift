import Base
import Foundation
import TestSupport
import Testing

@testable import Tracking

@Suite(
    .enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs what these need"))
struct ParquetArchiveTests {
    private func withStore(_ body: (RunStore, ParquetArchive) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            let logger = try RunLogger(
                in: store.folder, project: "demo", name: "it's one",
                facts: RunFacts(configuration: ["lr": 0.1], tags: ["t"]))
            for (step, value) in [1.0, Double.nan, Double.infinity].enumerated() {
                logger.log(["x": value], step: step)
            }
            logger.logSystem(["cpu_percent": 50])
            logger.log(text: "begun")
            logger.log(table: ["question", "score"], rows: [["a", 0.5], ["b", nil]], key: "worst rows")
            logger.finish()
            _ = try await store.refresh()
            try await store.derive("double", try MetricExpression("2 * x"), for: nil, author: "me")
            try await body(store, ParquetArchive(store, with: try await TrackingTools.duckDB()))
        }
    }

    @Test("pyarrow, pandas, polars and DuckDB read what is written, with its types and its NaN")
    func readers() async throws {
        try await withStore { store, archive async throws in
            let folders = try await archive.writeMissing(includesDerived: true)
            let folder = try #require(folders.first)
            #expect(
                try await TrackingTools.run("python", [TrackingTools.script("read_parquet.py"), folder]) == "read\n")
            // Nothing else is left, of what was written on the way neither.
            let names = try FileManager.default.contentsOfDirectory(atPath: store.folder + "/runs")
            #expect(names == [try await store.run("it's one").id.folderName])
        }
    }

    @Test("What is as it should be is not written again, and a correction is")
    func again() async throws {
        try await withStore { store, archive async throws in
            #expect(try await archive.writeMissing().count == 1)
            #expect(try await archive.writeMissing().isEmpty)
            let run = try await store.run("it's one")
            try await store.correct(run.id, metric: "x", step: 0, to: 5, author: "me", reason: nil)
            #expect(try await archive.writeMissing().count == 1)
        }
    }

    @Test("All runs are one file, with their number of points")
    func wholeProject() async throws {
        try await withStore { store, archive async throws in
            let path = store.folder + "/all.parquet"
            #expect(try await archive.writeMetrics(to: path) == 4)
            #expect(try await archive.writeMetrics(to: path, includesDerived: true) == 7)
        }
    }
}
