import Base
import Foundation
import Processes
import TestSupport
import Testing

@testable import Tracking

@Suite struct RunStoreTests {
    /// A store with one run, `first`, of three steps.
    private func withStore(_ body: (RunStore, Run) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            let logger = try RunLogger(
                in: store.folder, project: "demo", name: "first",
                facts: RunFacts(
                    kind: "training", group: "g", configuration: ["lr": 0.1], tags: ["old"],
                    origin: RunLogger.origin(command: ["neo", "train"], seed: .max)))
            for step in 0..<3 { logger.log(["precision": 0.5, "recall": Double(step) / 2], step: step) }
            logger.finish()
            _ = try await store.refresh()
            try await body(store, try await store.run("first"))
        }
    }

    @Test("What a run was made with is kept")
    func facts() async throws {
        try await withStore { _, run in
            #expect(run.kind == "training" && run.group == "g" && run.configuration == ["lr": 0.1])
            #expect(run.origin.seed == .max && run.origin.command == ["neo", "train"] && run.origin.host != nil)
            #expect(run.origin.hardware?["cores"]?.integer ?? 0 > 0 && run.ended != nil)
        }
    }

    @Test("Runs are found by what they are")
    func query() async throws {
        try await withStore { store, run in
            for (query, isFound) in [
                (RunQuery(), true), (RunQuery(status: .finished), true), (RunQuery(status: .failed), false),
            ] {
                let found = try await store.runs(query)
                #expect(found.contains { $0.id == run.id } == isFound)
            }
            var query = RunQuery()
            query.tag = "old"
            query.text = "FIR"
            query.kind = "training"
            #expect(try await store.count(query) == 1)
            query.tag = "new"
            #expect(try await store.count(query) == 0)
        }
    }

    @Test("Of alerts and texts those can be asked for that matter")
    func serious() async throws {
        try await withStore { store, run in
            let logger = try RunLogger(in: store.folder, project: "demo", name: "first", facts: RunFacts(), id: run.id)
            for level in RunAlert.Level.allCases { logger.alert(level.rawValue, level: level) }
            for text in ["one", "two"] { logger.log(text: text) }
            _ = try await store.refresh()
            #expect(try await store.alerts(seriousOnly: true).map(\.alert.title) == ["warn", "error"])
            #expect(try await store.entries(of: run.id, limit: 1, latestFirst: true).map(\.entry.content) == ["two"])
            var query = RunQuery()
            query.before = run.started
            #expect(try await store.runs(query).isEmpty)
            query.before = run.started + 1
            #expect(try await store.runs(query).map(\.id) == [run.id])
        }
    }

    @Test("Runs differ in the settings of which some have another value, or none")
    func differences() async throws {
        try await withStore { _, run in
            var other = run
            other.configuration = ["lr": 0.1, "model": ["layers": 2]]
            let differences = Run.differences(of: [run, other])
            #expect(differences.map(\.name) == ["model/layers"] && differences.first?.values == [nil, 2])
            #expect(Run.differences(of: [run, run]).isEmpty && Run.differences(of: []).isEmpty)
        }
    }

    @Test("A derived metric is computed where all that it needs is there, and again after a correction")
    func derived() async throws {
        try await withStore { store, run in
            let expression = try MetricExpression("2 * precision * recall / (precision + recall)")
            try await store.derive("f1", expression, for: nil, author: "me")
            let f1 = try #require(try await store.derived(of: run.id).first)
            #expect(try await store.points(of: run.id, derived: f1).map(\.value) == [0, 0.5, 2.0 / 3])
            try await store.correct(run.id, metric: "recall", step: 0, to: 0.5, author: "me", reason: "typo")
            #expect(try await store.points(of: run.id, derived: f1).map(\.value) == [0.5, 0.5, 2.0 / 3])
            let correction = try #require(try await store.corrections(of: run.id).first)
            #expect(correction.old == 0 && correction.new == 0.5 && correction.reason == "typo")
            #expect(try await store.summaries(of: run.id).first { $0.metric == "recall" }?.minimum == 0.5)
        }
    }

    @Test("What was never logged cannot be corrected")
    func noCorrection() async throws {
        try await withStore { store, run in
            await #expect(throws: TrackingError.self) {
                try await store.correct(run.id, metric: "recall", step: 9, to: 1, author: "me", reason: nil)
            }
        }
    }

    @Test("Tags and notes change, and removing takes points, parts and files along")
    func removing() async throws {
        try await withStore { store, run in
            #expect(try await store.tag(run.id, add: ["best", "best"], remove: ["old"]) == ["best"])
            try await store.note(run.id, "look")
            #expect(try await store.run("first").notes == "look")

            let file = store.folder + "/file.txt"
            try Data("kept".utf8).write(to: URL(filePath: file))
            let logger = try RunLogger(in: store.folder, project: "demo", name: "second", facts: RunFacts())
            try logger.log(file: file, key: "weights")
            logger.log(
                part: try RunID("part"), name: "part", facts: RunFacts(kind: "trial"), metrics: ["ndcg": 0.5])
            _ = try await store.refresh()
            let second = try await store.run("second")
            let hash = try #require(try await store.entries(of: second.id).first?.entry.hash)
            let kept = ArtifactFolder(state: store.folder).path(of: hash)
            #expect(FileManager.default.fileExists(atPath: kept))
            #expect(try await store.run("part").parent == second.id)

            await #expect(throws: TrackingError.self) { try await store.remove([second.id]) }
            logger.finish()
            _ = try await store.refresh()
            #expect(try await store.remove([second.id]) == 2)
            #expect(try await store.runs().map(\.name) == ["first"])
            #expect(!FileManager.default.fileExists(atPath: kept))
        }
    }

    @Test("Nothing is looked at before it may be, and the commit is noted before anybody is told so")
    func later() async throws {
        try await withTemporaryDirectory { folder in
            _ = try await ChildProcess(
                executable: "bash",
                arguments: [
                    "-euc",
                    "git init -q; echo a > a; git add a; git -c user.name=n -c user.email=e commit -qm a",
                ], directory: folder
            ).run()
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            let logger = try RunLogger(in: store.folder, project: "demo", name: "later", facts: RunFacts())
            let (asked, ask) = AsyncStream.makeStream(of: Never.self)
            let (noted, note) = AsyncStream.makeStream(of: Never.self)
            func commit() async throws -> String? {
                _ = try await store.refresh()
                return try await store.run("later").origin.commit
            }
            try await logger.during(
                folder: folder, after: { for await _ in asked {} }, noted: { note.finish() }
            ) {
                let before = try await commit()
                #expect(before == nil)
                ask.finish()
                for await _ in noted {}
                let after = try await commit()
                #expect(after?.count == 40)
            }
        }
    }

    @Test("A body that throws ends its run as failed, one that is cancelled as stopped")
    func scope() async throws {
        struct Broken: Error {}
        try await withTemporaryDirectory { folder in
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            func logger(_ name: String) throws -> RunLogger {
                try RunLogger(in: store.folder, project: "demo", name: name, facts: RunFacts())
            }
            let failing = try logger("failing")
            await #expect(throws: Broken.self) {
                try await failing.during(folder: folder) { throw Broken() }
            }
            let cancelled = try logger("cancelled")
            await #expect(throws: CancellationError.self) {
                try await cancelled.during(folder: folder) { throw CancellationError() }
            }
            let seven = try await logger("good").during(folder: folder) { 7 }
            #expect(seven == 7)
            _ = try await store.refresh()
            #expect(try await store.run("failing").status == .failed)
            #expect(try await store.run("cancelled").status == .stopped)
            let good = try await store.run("good")
            #expect(good.status == .finished)
            #expect(try await store.summaries(of: good.id).contains { $0.isSystem && $0.metric == "memory_percent" })
        }
    }
}
