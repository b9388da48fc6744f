import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo agent` at the work that it is for, by the scripts that are kept for measuring it beside others.
@Suite(.timeLimit(.minutes(5))) struct AgentCommandTests {
    private static let scripts = #filePath.replacing(/Tests\/CommandsTests\/.*/, with: "Benchmarks")

    @Test func `a scripted model makes a small program, tests it, mends it and tests it again`() async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try await Self.playing(in: folder) { port in
                try neo.write("w/README.md", "# Empty\n")
                try neo.write(
                    "home/config.yaml",
                    "endpoints: {scripted: {api: vllm, url: \"http://127.0.0.1:\(port)/v1\", tool_calls: native}}\n")
                let done = try await neo.check(
                    "agent", "Write roman.py with a test.", "--folder", "w", "--model", "scripted/m", "--json")
                let events = try done.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
                #expect(events.last?["reason"] == "done")
                let results = events.filter { $0["type"] == "tool_result" }
                // The third and the sixth command run the test.
                try #require(results.count == 6)
                #expect(results[2]["error"] == true && results[2]["text"]?.string?.contains("FAILED") == true)
                #expect(results[5]["error"] == false && results[5]["text"]?.string?.contains("OK") == true)
                #expect(try neo.read("w/verdict.txt") == "passed\n")
                try await neo.shell("cd w && python3 -B -m unittest")
            }
        }
    }

    /// Both are Harbor's: the tasks' own solutions, and nothing.
    @Test(arguments: [("oracle", 1), ("nop", 0)])
    func `the terminal tasks are right when they are solved, and wrong when nothing is done`(
        harness: String, reward: Int
    ) async throws {
        try await withTemporaryDirectory { folder in
            let neo = try NeoProcess.executable()
            let runner = ChildProcess(
                executable: "python3",
                arguments: [
                    Self.scripts + "/terminal_tasks.py", "--harness", harness, "--neo", neo, "--out", folder + "/out",
                ], directory: folder)
            let result = try await runner.run()
            try #require(result.status == 0, "\(result.errorOutput)")
            let rows = try result.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            #expect(rows.count == 8 && rows.allSatisfy { $0["reward"]?.integer == reward }, "\(result.output)")
            // What has a result is not tried again.
            #expect(try await runner.run().output.contains("every task has a result"))
        }
    }

    private static func playing(
        in folder: String, _ body: @escaping @Sendable (_ port: String) async throws -> Void
    ) async throws {
        let file = folder + "/port"
        let server = ChildProcess(
            executable: "python3", arguments: [scripts + "/scripted_model.py", "--port-file", file], directory: folder)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                _ = try? await server.run()
                return false
            }
            group.addTask {
                while !FileManager.default.fileExists(atPath: file) { try await Task.sleep(for: .milliseconds(10)) }
                try await body(String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self))
                return true
            }
            defer { group.cancelAll() }
            let isDone = try await group.next()
            try #require(isDone == true, "the scripted server ended")
        }
    }
}
