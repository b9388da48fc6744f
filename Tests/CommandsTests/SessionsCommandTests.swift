import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo agent` and `neo sessions` as a user runs them, with a server that has numbers written into a file.
@Suite struct SessionsCommandTests {
    private static func with(
        steps: Int = 3, _ body: @escaping @Sendable (NeoProcess) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try FileManager.default.createDirectory(atPath: folder + "/w", withIntermediateDirectories: false)
            try await ScriptedChatServer.serving(neo, steps: steps) { try await body(neo) }
        }
    }

    @Test func `a session is listed, shown, taken back, copied, gone on with and exported`() async throws {
        try await Self.with { neo in
            let folder = ["--folder", "w"]
            func sessions(_ arguments: String...) async throws -> ChildProcess.Result {
                let result = try await neo.run(through: [], ["sessions"] + arguments + folder)
                try #require(result.status == 0, "\(arguments): \(result.errorOutput)")
                return result
            }
            #expect(try await sessions("list").output.contains("There are no sessions in"))
            #expect(
                try await neo.check("agent", "Count to\nthree.", "--folder", "w").output == "All numbers are there.\n")
            #expect(try neo.read("w/numbers") == "1\n2\n3\n")
            let list = try JSONValue(parsing: await sessions("list", "--json").output)["sessions"]?.array ?? []
            #expect(list.count == 1 && list[0]["task"] == "Count to three." && list[0]["state"] == "done")
            let id = try #require(list[0]["id"]?.string)
            let shown = try await sessions("show", String(id.suffix(4))).output
            #expect(shown.contains("turn 1: Now 1.") && shown.contains("All numbers are there."))

            let fork = try JSONValue(parsing: await sessions("fork", id, "--json").output)["id"]?.string ?? ""
            #expect(try await sessions("rewind", fork, "--turn", "2").output.contains("are taken back"))
            #expect(try JSONValue(parsing: await sessions("show", fork, "--json").output)["session"]?["turns"] == 3)
            #expect(try await sessions("resume", fork, "--quiet").output == "All numbers are there.\n")
            // It took back what the first session had written, by checkpoints of its own.
            #expect(try neo.read("w/numbers") == "1\n2\n3\n")

            let trajectory = try JSONValue(parsing: await sessions("export", id).output)
            #expect(trajectory["schema_version"] == "ATIF-v1.8")
            #expect(try await sessions("export", id, "--format", "markdown").output.hasPrefix("# Session `\(id)`"))
        }
    }

    @Test func `a session that was cut, damaged, or is open elsewhere`() async throws {
        try await Self.with { neo in
            try await neo.check("agent", "Count.", "--folder", "w", "--quiet")
            let id =
                try #require(try neo.files(below: "w/.neo/sessions").first { $0.hasSuffix(".jsonl") })
                .split(separator: "/").last.map { String($0.dropLast(6)) } ?? ""
            let file = "w/.neo/sessions/\(id).jsonl"
            let go = ["agent", "--session", id, "--folder", "w", "--quiet"]
            let busy = try await neo.run(through: ["flock", file], go + ["Go on."])
            #expect(busy.status == 1 && busy.errorOutput.contains("open in another process"), "\(busy.errorOutput)")
            // The end is gone, and what stands there is no text.
            try await neo.shell("truncate -s -40 \(file); printf '\\377\\376{' >> \(file)")
            let mended = try await neo.run(through: [], go)
            #expect(mended.status == 0, "\(mended.errorOutput)")
            #expect(try neo.read("w/numbers") == "1\n2\n3\n")
            // A line in the middle is another one.
            try await neo.shell("sed -i '4s/./\\xff/' \(file)")
            let damaged = try await neo.run(through: [], go)
            #expect(damaged.status == 1 && damaged.errorOutput.contains("jsonl:4 is not as it was written"))
            let list = try await neo.check("sessions", "list", "--folder", "w").output
            #expect(list.contains("unreadable") && list.contains("--to 3"))
            try await neo.check("sessions", "fork", id, "--to", "3", "--folder", "w")
        }
    }

    @Test(arguments: [
        (["sessions", "show", "nothing"], 1, "No session in"),
        (["sessions", "fork", "last", "--to", "99"], 1, "at most"),
        (["sessions", "rewind", "last", "--turn", "99"], 1, "has no turn 99: its turns are 1 to 3"),
        (["sessions", "export", "last", "--format", "pdf"], 2, "atif"),
        (["sessions", "list", "--folder", "nowhere"], 2, "There is no folder"),
        (["agent", "Go.", "--schema", "none.json"], 2, "there is no file none.json"),
        (["agent", "--session", "nothing"], 1, "No session in"),
    ])
    func `wrong input is a sentence`(arguments: [String], status: Int, sentence: String) async throws {
        try await Self.with { neo in
            try await neo.check("agent", "Count.", "--folder", "w", "--quiet")
            let folder = arguments.contains("--folder") ? [] : ["--folder", "w"]
            let result = try await neo.run(through: [], arguments + folder)
            #expect(result.status == status && result.errorOutput.contains(sentence), "\(result.errorOutput)")
        }
    }
}
