import Base
import Foundation
import TestSupport
import Testing

@testable import Tracking

@Suite struct InboxTests {
    private let id = RunID(at: Date(timeIntervalSince1970: 1_763_800_000))

    /// A store, and a function that writes lines as a program would.
    private func withInbox(
        _ body: (_ store: RunStore, _ write: (String, String) throws -> Void) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let store = try RunStore.open(folder + "/.neo", project: "demo")
            try await body(store) { writer, text in
                let place = "\(store.inbox)/\(writer)"
                try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: URL(filePath: "\(place)/00000000.jsonl"))
            }
        }
    }

    @Test("What is logged can be read, NaN and infinities too")
    func logged() async throws {
        try await withInbox { store, _ in
            let writer = try InboxWriter(inbox: store.inbox, name: "w1")
            for (step, value) in [1.5, .nan, .infinity, -.infinity, 0.1 + 0.2].enumerated() {
                let record = LogRecord(
                    run: id, name: "first", step: step, time: Double(step), content: .metrics(["loss": value]))
                try writer.append(record.line + "\n")
            }
            #expect(try await store.refresh() == .init(records: 5))
            let run = try await store.run("first")
            #expect(run.points == 5)
            let values = try await store.points(of: run.id, metric: "loss").map(\.value)
            #expect(values[0] == 1.5 && values[1].isNaN && values[2] == .infinity && values[3] == -.infinity)
            #expect(values[4] == 0.1 + 0.2)
            let summary = try #require(try await store.summaries(of: run.id).first)
            #expect(summary.count == 5 && summary.minimum == -.infinity && summary.maximum == .infinity)
        }
    }

    @Test("A record as Trackio writes it is taken")
    func trackio() async throws {
        try await withInbox { store, write in
            try write(
                "trackio-1",
                #"{"v":1,"kind":"metric","project":"p","run":"brave-fox-1","run_id":"0af3","metrics":{"loss":0.5,"train":{"acc":"NaN"},"note":"hello","flag":true},"step":3,"timestamp":"2026-11-22T04:28:35.250000+00:00","config":{"lr":0.1,"_Username":"me"},"log_id":"x"}"#
                    + "\n"
                    + #"{"v":1,"kind":"system_metric","project":"p","run":"brave-fox-1","run_id":"0af3","metrics":{"gpu/0/utilization":98.5},"timestamp":"2026-11-22T04:28:36Z"}"#
                    + "\n"
                    + #"{"v":1,"kind":"alert","project":"p","run":"brave-fox-1","run_id":"0af3","title":"diverged","text":"loss","level":"WARN","step":3,"timestamp":"2026-11-22T04:28:36Z","alert_id":"y"}"#
                    + "\n")
            #expect(try await store.refresh() == .init(records: 3))
            let run = try await store.run("0af3")
            #expect(run.name == "brave-fox-1" && run.project == "p" && run.started == 1_795_321_715.25)
            #expect(run.configuration == ["lr": 0.1, "_Username": "me"])
            #expect(
                try await store.summaries(of: run.id).map(\.metric)
                    == ["flag", "loss", "train/acc", "gpu/0/utilization"])
            #expect(try await store.entries(of: run.id).map(\.entry.content) == ["hello"])
            #expect(try await store.alerts().map(\.alert.title) == ["diverged"])
        }
    }

    @Test("Half a line is waited for, and taken once it is whole")
    func half() async throws {
        try await withInbox { store, write in
            let line = LogRecord(run: id, step: 0, time: 1, content: .metrics(["a": 1])).line + "\n"
            try write("other", line + line.prefix(20))
            #expect(try await store.refresh() == .init(records: 1))
            #expect(try await store.refresh() == .init())
            try write("other", line + line)
            #expect(try await store.refresh() == .init(records: 1))
            #expect(try await store.run(id.text).points == 2)
        }
    }

    @Test("What a writer that is gone left torn is said, and its run has crashed")
    func torn() async throws {
        try await withInbox { store, write in
            let facts = LogRecord(run: id, time: 1, content: .run(RunFacts(kind: "training", writer: "gone"))).line
            try write("gone", facts + "\n" + #"{"v":1,"run_id":"#)
            try Data().write(to: URL(filePath: "\(store.inbox)/gone/lock"))
            #expect(try await store.refresh() == .init(records: 1, rejected: 1))
            #expect(try await store.run(id.text).status == .crashed)
            #expect(try await store.rejections().first?.place == facts.utf8.count + 1)
            #expect(!FileManager.default.fileExists(atPath: "\(store.inbox)/gone"))
        }
    }

    @Test("While its writer lives, a run is running, and its files stay")
    func alive() async throws {
        try await withInbox { store, _ in
            let logger = try RunLogger(in: store.folder, project: "demo", name: "live", facts: RunFacts())
            logger.log(["a": 1])
            _ = try await store.refresh()
            #expect(try await store.run("live").status == .running)
            logger.log(["a": 2])
            logger.finish()
            _ = try await store.refresh()
            let run = try await store.run("live")
            #expect(run.status == .finished && run.points == 2)
            #expect(try await store.points(of: run.id, metric: "a").map(\.step) == [0, 1])
        }
    }

    @Test(
        "A line that is no record is said, and the next one is taken",
        arguments: [
            ("no JSON", "no JSON"), ("[1]", "A record is a JSON object."), (#"{"metrics":{"a":1}}"#, "names no run"),
            (#"{"v":2,"run_id":"a"}"#, "Version 2"), (#"{"run_id":"a","kind":"nonsense"}"#, "`nonsense`"),
            (#"{"run_id":"a","step":1.5,"metrics":{}}"#, "`step`"),
            (#"{"run_id":"a","timestamp":"yesterday","metrics":{}}"#, "`timestamp`"),
            (#"{"run_id":"a\u001b[2J","metrics":{}}"#, "no control characters"),
            (#"{"run_id":"a","metrics":[1]}"#, "`metrics`"), (#"{"run_id":"a","kind":"alert"}"#, "`title`"),
            (#"{"run_id":"a","kind":"artifact","key":"k","content":"c","hash":"../../x"}"#, "`hash`"),
        ])
    func malformed(line: String, words: String) async throws {
        try await withInbox { store, write in
            try write("w", line + "\n" + #"{"run_id":"good","metrics":{"a":1}}"# + "\n")
            #expect(try await store.refresh() == .init(records: 1, rejected: 1))
            let rejected = try #require(try await store.rejections().first)
            #expect(rejected.reason.contains(words) && rejected.line == line && rejected.file == "w/00000000.jsonl")
            #expect(try await store.run("good").points == 1)
        }
    }

    @Test("A line beyond all measure is passed over in pieces")
    func endless() async throws {
        try await withInbox { store, write in
            let endless = String(repeating: "x", count: Ingestion.longestLine + 1000)
            try write("w", endless + "\n" + #"{"run_id":"good","metrics":{"a":1}}"# + "\n")
            let taken = try await store.refresh()
            #expect(taken.records == 1 && taken.rejected >= 1)
        }
    }

    @Test("10,000 names, a step that goes back and a clock that jumps are kept as they came")
    func strange() async throws {
        try await withInbox { store, write in
            let many = Dictionary(uniqueKeysWithValues: (0..<10_000).map { ("metric \($0)", Double($0)) })
            let records = [
                LogRecord(run: id, step: 5, time: 100, content: .metrics(many)),
                LogRecord(run: id, step: 2, time: 3, content: .metrics(["metric 0": 7])),
                LogRecord(run: id, time: 1e12, content: .metrics(["metric 0": 8])),
            ]
            try write("w", records.map { $0.line + "\n" }.joined())
            #expect(try await store.refresh() == .init(records: 3))
            let points = try await store.points(of: id, metric: "metric 0")
            #expect(points.map(\.step) == [5, 2, 6] && points.map(\.value) == [0, 7, 8])
            #expect(points.map(\.time) == [100, 3, 1e12])
            #expect(try await store.summaries(of: id).count == 10_000)
        }
    }

    @Test("Of two runs with one name, a person has to choose by id")
    func sameName() async throws {
        try await withInbox { store, write in
            try write(
                "w",
                #"{"run_id":"a1","run":"twin","metrics":{"a":1}}"# + "\n"
                    + #"{"run_id":"a2","run":"twin","metrics":{"a":1}}"# + "\n")
            _ = try await store.refresh()
            let error = await #expect(throws: TrackingError.self) { try await store.run("twin") }
            #expect(error?.message.contains("a1") == true && error?.message.contains("a2") == true)
            #expect(try await store.run("a2").name == "twin")
        }
    }

    @Test("A database that may not be written shows what was taken before, and says so")
    func readOnly() async throws {
        try await withInbox { store, write in
            try write("w", #"{"run_id":"a","metrics":{"a":1}}"# + "\n")
            _ = try await store.refresh()
            // As root every file can be written: what SQLite itself refuses is a database that is opened so.
            let database = try RunDatabase(readingOnly: store.folder + "/runs.db")
            #expect(database.isReadOnly)
            await #expect(throws: TrackingError.self) { try await database.write { _ in } }
        }
    }

    @Test("A link in the inbox leads nowhere")
    func link() async throws {
        try await withInbox { store, write in
            try write("w", #"{"run_id":"a","metrics":{"a":1}}"# + "\n")
            let secret = store.folder + "/secret"
            try Data("{\"run_id\":\"s\",\"metrics\":{\"a\":1}}\n".utf8).write(to: URL(filePath: secret))
            try FileManager.default.createSymbolicLink(
                atPath: "\(store.inbox)/w/1.jsonl", withDestinationPath: secret)
            _ = try await store.refresh()
            #expect(try await store.runs().map(\.id.text) == ["a"])
        }
    }
}
