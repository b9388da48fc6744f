import AutoML
import Base
import Foundation
import Storage
import TestSupport
import Testing

@testable import Tracking

@Suite(
    .enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs what these need"))
struct ProjectQueriesTests {
    /// A project with two runs, of which one has NaN and infinities.
    private func withStore(_ body: (RunStore) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let store = try RunStore.open(folder + "/it's.neo", project: "demo")
            for name in ["first", "second"] {
                let logger = try RunLogger(
                    in: store.folder, project: "demo", name: name,
                    facts: RunFacts(configuration: ["lr": 0.1], tags: ["t"]))
                for (step, value) in [1.0, Double.nan, .infinity, -Double.infinity].enumerated() {
                    logger.log(["x": value], step: step)
                }
                logger.log(text: "secret words")
                logger.alert("too slow")
                logger.finish()
            }
            _ = try await store.refresh()
            try await body(store)
        }
    }

    private func queries(_ store: RunStore, as sight: ProjectQueries.Sight = .person, seconds: Double = 60) async throws
        -> ProjectQueries
    {
        ProjectQueries(store, with: try await TrackingTools.duckDB(), as: sight, timeLimitSeconds: seconds)
    }

    @Test("NaN and infinities are values, in rows as in files")
    func values() async throws {
        try await withStore { store async throws in
            let queries = try await queries(store)
            let rows = try await queries.rows(
                of: "SELECT name, step, value FROM metrics WHERE name = 'first' ORDER BY step")
            #expect(rows.rows.map { $0[2] } == [1, "NaN", "Infinity", "-Infinity"])
            #expect(rows.columns.map(\.type) == ["VARCHAR", "BIGINT", "DOUBLE"] && rows.isComplete)
            let file = store.folder + "/rows.json"
            try await queries.write(
                "SELECT value, '[NaN' AS word FROM metrics ORDER BY name, step;", as: .json, to: file)
            let read = try JSONValue(parsing: Data(contentsOf: URL(filePath: file)))
            #expect(read.array?.count == 8 && read.array?[1] == ["value": "NaN", "word": "[NaN"])
            try await queries.write("FROM metrics", as: .csv, to: file)
            #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("run,name,project,metric,"))
        }
    }

    @Test("Every view has the columns that are documented, with and without records", arguments: [true, false])
    func columns(isFilled: Bool) async throws {
        try await withStore { store async throws in
            if isFilled {
                _ = try NeoDatabase(path: store.folder + "/neo.db")
                try FileManager.default.createDirectory(
                    atPath: store.folder + "/sessions", withIntermediateDirectories: true)
                try Data("{\"number\":0,\"time\":1.5,\"type\":\"session\"}\nnot JSON\n".utf8)
                    .write(to: URL(filePath: store.folder + "/sessions/s1.jsonl"))
            }
            let queries = try await queries(store)
            let described = try await queries.rows(
                of: """
                    SELECT table_name, column_name, data_type FROM duckdb_columns()
                    WHERE database_name = 'memory' AND table_name != 'session_lines' ORDER BY table_name, column_index
                    """)
            let expected = QueryView.all.sorted { $0.name < $1.name }.flatMap { view in
                view.columns.map { [.string(view.name), .string($0.name), .string($0.type)] as [JSONValue] }
            }
            #expect(described.rows == expected)
            let events = try await queries.rows(of: "SELECT session, number, type, time FROM events")
            #expect(events.rows == (isFilled ? [["s1", 0, "session", "1970-01-01 00:00:01.5"]] : []))
        }
    }

    @Test(
        "What is no reading of the records is refused",
        arguments: [
            "DELETE FROM runs_db.points", "SELECT 1; DROP VIEW runs", "COPY metrics TO '/tmp/x.csv'",
            "ATTACH '/etc/x' AS y", "INSTALL httpfs", "SET threads = 1", "PRAGMA database_list",
            "CALL pragma_version()",
            "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM '/etc/passwd'",
            "SELECT * FROM glob('/etc/*')", "SELECT getenv('HOME')",
            "SELECT 1\n.shell echo hi", "nonsense", "SELECT nope FROM runs", "SELECT 'open", "",
            "FROM sqlite_query('runs_db', 'DELETE FROM points')", "SELECT '\u{0}'",
        ])
    func refused(sql: String) async throws {
        try await withStore { store async throws in
            let failure = await #expect(throws: TrackingError.self) { try await queries(store).rows(of: sql) }
            #expect(failure?.code == .invalid, "\(failure?.message ?? "")")
            #expect(try await store.runs().map(\.points) == [4, 4])
        }
    }

    @Test("A query that never ends is ended with a sentence, and writers do not wait for it")
    func endless() async throws {
        try await withStore { store async throws in
            let queries = try await queries(store, seconds: 2)
            async let failure = #expect(throws: TrackingError.self) {
                try await queries.rows(
                    of: "SELECT sum(a.range * value) FROM range(100000000) a, range(1000000) b, metrics")
            }
            let run = try await store.run("first")
            for number in 0..<20 {
                try await store.tag(run.id, add: ["tag \(number)"])
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(await failure?.message.contains("was not done after 2 s") == true)
        }
    }

    @Test("An agent sees nothing of held-out questions, sessions and texts, whatever it asks for")
    func agent() async throws {
        try await withStore { store async throws in
            let database = try NeoDatabase(path: store.folder + "/neo.db")
            let journal = try await database.openStudy(definition: ["seed": 1], at: Date(timeIntervalSince1970: 0))
            let configuration = Configuration(["a": 1])
            try await journal.begin(Trial(number: 0, configuration: configuration, origin: "random"))
            try await journal.record(
                [Measurement(item: "seen", metrics: ["ndcg": 1]), Measurement(item: "kept", metrics: ["ndcg": 0])],
                ofTrial: 0)
            try await database.recordEvaluations(
                [Measurement(item: "kept", metrics: ["ndcg": 0.5])], of: configuration.hash, split: "held-out",
                study: journal.study)
            let sql = "SELECT split, item FROM measurements ORDER BY ALL"
            let all = try await queries(store).rows(of: sql).rows
            #expect(all == [["held-out", "kept"], ["search", "kept"], ["search", "seen"]])
            // A column that only one half of the view has; the tables have no row ids to fall back on.
            let counts = try await queries(store).rows(of: "SELECT trial, count(*) FROM measurements GROUP BY ALL").rows
            #expect(Set(counts) == [[0, 2], [nil, 1]])
            let agent = try await queries(store, as: .agent(questions: ["seen", "kept"]))
            #expect(try await agent.rows(of: sql).rows == [["search", "seen"]])
            // What its author keeps back now counts, too.
            let other = try await queries(store, as: .agent(questions: ["kept", "it's"]))
            #expect(try await other.rows(of: sql).rows.isEmpty)
            // A failure may quote a golden row.
            let failed = try RunLogger(in: store.folder, project: "demo", name: "failed", facts: RunFacts())
            failed.finish(.failed, failure: "golden.jsonl:3: no quote \"secret\"")
            _ = try await store.refresh()
            let failures = try await agent.rows(of: "SELECT failure FROM runs WHERE name = 'failed'").rows
            #expect(failures == [["something about the golden questions"]])
            #expect(try await agent.rows(of: "SELECT count(*) FROM metrics").rows == [[8]])
            #expect(try await agent.rows(of: "FROM entries").rows.isEmpty)
            let path = database.path
            for way in [
                "FROM state_db.evaluations", "FROM sqlite_scan('\(path.replacing("'", with: "''"))', 'evaluations')",
                "FROM read_ndjson_objects('\(store.folder.replacing("'", with: "''"))/sessions/*')",
            ] {
                await #expect(throws: TrackingError.self) { try await agent.rows(of: way) }
            }
        }
    }

    @Test("A project behind a link is found")
    func link() async throws {
        try await withStore { store async throws in
            let link = store.folder + "-link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: store.folder)
            let linked = try RunStore.open(link, project: "demo")
            #expect(try await queries(linked).rows(of: "SELECT count(*) FROM runs").rows == [[2]])
            let archive = ParquetArchive(linked, with: try await TrackingTools.duckDB())
            #expect(try await archive.writeMissing().count == 2)
        }
    }

    @Test("Words and names that steer nothing: a table is one line a row")
    func table() async throws {
        try await withStore { store async throws in
            let rows = try await queries(store).rows(of: "SELECT E'a\\nb' AS \"x\"\"y\", [1.5] AS list, NULL AS n")
            #expect(rows.table().split(separator: "\n").count == 3)
            #expect(rows.json["columns"]?.array?.first?["name"] == "x\"y")
        }
    }
}
