import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// Parquet files that come by themselves, in the background.
@Suite(
    .enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs what these need"),
    .timeLimit(.minutes(3)))
struct ParquetUpkeepTests {
    private static func withProject(_ body: (NeoProcess) async throws -> Void) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.installDuckDB()
            try await body(neo)
        }
    }

    private static func shown(_ run: String, _ neo: NeoProcess) async throws -> JSONValue? {
        try JSONValue(parsing: await neo.check("runs", "show", run, "--project", "p", "--json").output)["parquet"]
    }

    /// The processes that write a project's files, or wait to.
    private static func writers(_ neo: NeoProcess) async throws -> [Int] {
        let found = try await ChildProcess(
            executable: "pgrep", arguments: ["-f", "runs keep-parquet .*\(neo.folder)/p"]
        ).run()
        return found.output.split(separator: "\n").compactMap { Int($0) }
    }

    /// Reads every Parquet file of a project with a reader that is not Neo's, and answers how many there are.
    private static func readAll(_ neo: NeoProcess) async throws -> Int {
        let script = """
            import glob, sys, pyarrow.parquet
            files = glob.glob(sys.argv[1] + "/*/*.parquet")
            for file in files: pyarrow.parquet.read_table(file)
            print(len(files))
            """
        let result = try await ChildProcess(
            executable: try #require(TrackingTools.folder) + "/bin/python",
            arguments: ["-c", script, neo.folder + "/p/.neo/runs"]
        ).run()
        #expect(result.status == 0, "\(result.errorOutput)")
        return Int(result.output.filter(\.isNumber)) ?? -1
    }

    @Test func `a run that ends has its files a moment later, and what wrote them is gone`() async throws {
        try await Self.withProject { neo async throws in
            try await neo.check("log", "--project", "p", "--new", "nightly", "lr=0.1")
            try await neo.check("log", "--project", "p", "--run", "nightly", "loss=0.5")
            #expect(try await Self.shown("nightly", neo) == ["folder": nil, "reason": nil])
            try await neo.check("log", "--project", "p", "--run", "nightly", "--finish")
            var folder: String?
            while folder == nil { folder = try await Self.shown("nightly", neo)?["folder"]?.string }
            #expect(folder?.hasPrefix(neo.folder + "/p/.neo/runs/") == true)
            #expect(try await Self.readAll(neo) == 4)
            while try await !Self.writers(neo).isEmpty {}
            // Nothing has ended since, so nobody begins.
            try await neo.check("runs", "list", "--project", "p")
            #expect(try await Self.writers(neo).isEmpty)
        }
    }

    /// How many runs have all of their files; nobody but the background is asked.
    private static func written(_ neo: NeoProcess) -> Int {
        let runs = neo.folder + "/p/.neo/runs"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        return folders.count { FileManager.default.fileExists(atPath: "\(runs)/\($0)/.parquet") }
    }

    @Test func `searches, evaluations, sessions and what a dashboard sees end are written without being asked`()
        async throws
    {
        try await Self.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "2", "--quiet", "--latency-requests", "0")
            while Self.written(neo) < 3 { await Task.yield() }
            try await neo.check("eval", "default", "p", "--quiet")
            while Self.written(neo) < 4 { await Task.yield() }
            let replies = "def reply(messages): return 'Done.', []"
            _ = try await ScriptedChatServer.serving(neo, replies: replies) {
                try await neo.check("agent", "Do nothing.", "--folder", "p", "--quiet")
            }
            while Self.written(neo) < 5 { await Task.yield() }
            while try await !Self.writers(neo).isEmpty {}
            let result = try await neo.serve(command: ["dashboard", "."]) { server async throws in
                try neo.write(
                    "p/.neo/inbox/other/0.jsonl",
                    #"{"kind":"metric","run_id":"other","metrics":{"loss":1}}"# + "\n"
                        + #"{"kind":"end","run_id":"other","status":"finished"}"# + "\n")
                while Self.written(neo) < 6 { _ = try await server.get("/") }
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }

    @Test func `where neo yaml says so, or where DuckDB is not here, there are none, and one line says it`()
        async throws
    {
        try await Self.withProject { neo async throws in
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml") + "\ntracking: {parquet: false}\n")
            try await neo.check("log", "--project", "p", "--new", "nightly")
            try await neo.check("log", "--project", "p", "--run", "nightly", "--finish")
            #expect(try await Self.writers(neo).isEmpty)
            let off = try await Self.shown("nightly", neo)
            #expect(off == ["folder": nil, "reason": "`tracking: {parquet: false}` in neo.yaml"])
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml").replacing("parquet: false", with: "parquet: true"))
            try await neo.shell("rm home/runtime")
            let missing = try await neo.check("runs", "show", "nightly", "--project", "p")
            #expect(missing.errorOutput.isEmpty)
            #expect(missing.output.contains("none: DuckDB is not on this machine"), "\(missing.output)")
            #expect(try await Self.writers(neo).isEmpty)
        }
    }

    @Test func `one works at a time, and it ends when the project is removed, which does not come back`() async throws {
        try await Self.withProject { neo async throws in
            try await neo.check("log", "--project", "p", "--new", "nightly", "--finish")
            let before = try await Self.writers(neo)
            for writer in before { RunningProcess(Int32(writer))?.kill() }
            while try await !Self.writers(neo).isEmpty {}
            // What those that were killed have left in it would be taken for the first one's.
            try await neo.shell("rm -f p/.neo/parquet.lock")
            async let first = neo.run("runs", "keep-parquet", neo.folder + "/p", "--after", "900")
            let lock = neo.folder + "/p/.neo/parquet.lock"
            while (try? Data(contentsOf: URL(filePath: lock)))?.isEmpty ?? true { await Task.yield() }
            let second = try await neo.check("runs", "keep-parquet", neo.folder + "/p", "--after", "900", "--json")
            #expect(try JSONValue(parsing: second.output)["runs"] == 0)
            // Nobody else is started meanwhile.
            try await neo.check("runs", "list", "--project", "p")
            #expect(try await Self.writers(neo).count == 1)
            try await neo.shell("rm -r p")
            let ended = try await first
            #expect(ended.status == 0, "\(ended.errorOutput)")
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/p"))
        }
    }

    @Test func `killed halfway it leaves no torn file, and the next one writes all`() async throws {
        try await Self.withProject { neo async throws in
            // More than are written together, so that halfway there is something to be seen.
            let lines = (0..<120).flatMap { number in
                [
                    #"{"kind":"metric","run_id":"r\#(number)","metrics":{"loss":\#(number)},"timestamp":\#(100 + number)}"#,
                    #"{"kind":"end","run_id":"r\#(number)","status":"finished","timestamp":\#(300 + number)}"#,
                ]
            }
            try neo.write("p/.neo/inbox/test/0.jsonl", lines.joined(separator: "\n") + "\n")
            try neo.write("p/.neo/inbox/test/lock", "")
            let project = neo.folder + "/p"
            // Ends with the number of files that there were when it was killed, whenever that was.
            let killer = """
                import glob, os, signal, subprocess, sys, time
                wanted = int(sys.argv[1])
                writer = subprocess.Popen(sys.argv[3:], stdout=subprocess.DEVNULL)
                count = lambda: len(glob.glob(sys.argv[2] + "/.neo/runs/*/metrics.parquet"))
                while count() < wanted and writer.poll() is None: time.sleep(0.002)
                writer.send_signal(signal.SIGKILL)
                print(writer.wait(), count())
                """
            try neo.write("killer.py", killer)
            var halfway = 0
            for wanted in [0, 1, 60] {
                let killed = try await neo.run(
                    through: ["python3", "killer.py", "\(wanted)", project], ["runs", "keep-parquet", project])
                let said = killed.output.split(separator: " ").compactMap { Int($0.filter { $0 != "\n" }) }
                try #require(said.count == 2, "\(killed.errorOutput)")
                #expect(said[0] == -9)
                halfway = said[1]
                #expect(try await Self.readAll(neo) >= halfway)
            }
            #expect((60..<120).contains(halfway))
            let last = try await neo.check("runs", "keep-parquet", project, "--json")
            #expect(try JSONValue(parsing: last.output)["runs"]?.integer ?? 0 >= 120 - halfway)
            #expect(try await Self.readAll(neo) == 480)
            let left = try FileManager.default.contentsOfDirectory(atPath: project + "/.neo/runs")
            #expect(left.allSatisfy { $0.hasPrefix("r") }, "\(left)")
            #expect(
                try JSONValue(parsing: await neo.check("runs", "keep-parquet", project, "--json").output)["runs"] == 0)
        }
    }
}
