import Base
import Processes
import Testing

@Suite struct ChildProcessTests {
    @Test func `both streams and the exit code come back`() async throws {
        let result = try await ChildProcess(
            executable: "sh", arguments: ["-c", "echo out; echo err >&2; exit 7"]
        ).run()
        #expect(result == .init(status: 7, output: "out\n", errorOutput: "err\n"))
    }

    @Test func `a signal counts as 128 and its number`() async throws {
        let result = try await ChildProcess(executable: "sh", arguments: ["-c", "kill -9 $$"]).run()
        #expect(result.status == 137)
    }

    @Test func `arguments are not read by a shell`() async throws {
        let result = try await ChildProcess(executable: "printf", arguments: ["%s", "$(id); 'a b'"]).run()
        #expect(result.output == "$(id); 'a b'")
    }

    @Test func `a given environment replaces the caller's`() async throws {
        let result = try await ChildProcess(
            executable: "/usr/bin/env", environment: ["ONLY": "this"]
        ).run()
        #expect(result.output == "ONLY=this\n")
    }

    @Test func `a program that is missing is named`() async throws {
        let error = await #expect(throws: ProcessError.self) {
            _ = try await ChildProcess(executable: "no-such-program-here").run()
        }
        #expect(error?.message.contains("no-such-program-here") == true)
    }

    @Test func `a child reads its input to the end, however long, while it writes`() async throws {
        let input = String(repeating: "0123456789abcde\n", count: 100_000)
        let result = try await ChildProcess(executable: "cat", input: input).run()
        #expect(result.status == 0)
        #expect(result.output == input)
        #expect(try await ChildProcess(executable: "cat", input: "").run().output == "")
    }

    @Test func `a child that does not read its input ends as it likes`() async throws {
        let input = String(repeating: "x", count: 2_000_000)
        for (script, status) in [("exit 3", 3), ("exec <&-; echo done", 0), ("head -c 1 > /dev/null", 0)] {
            let result = try await ChildProcess(executable: "sh", arguments: ["-c", script], input: input).run()
            #expect(result.status == status, "\(script)")
        }
        await #expect(throws: ProcessError.self) {
            _ = try await ChildProcess(
                executable: "sleep", arguments: ["60"], input: input, timeLimitSeconds: 0.2
            ).run()
        }
    }

    @Test func `long output keeps its head and its tail`() async throws {
        let result = try await ChildProcess(
            executable: "sh", arguments: ["-c", "echo first; seq 1 100000; echo last"], outputLimit: 200
        ).run()
        #expect(result.output.hasPrefix("first\n"))
        #expect(result.output.hasSuffix("last\n"))
        #expect(result.output.utf8.count < 300)
        #expect(result.output.contains("bytes left out"))
        #expect(result.outputLeftOut > 0)
    }

    @Test func `a child that takes too long is ended, and one that does not is left alone`() async throws {
        let error = await #expect(throws: ProcessError.self) {
            _ = try await ChildProcess(executable: "sleep", arguments: ["60"], timeLimitSeconds: 0.1).run()
        }
        #expect(error?.code == .tookTooLong)
        let result = try await ChildProcess(executable: "echo", arguments: ["x"], timeLimitSeconds: 60).run()
        #expect(result == ChildProcess.Result(status: 0, output: "x\n", errorOutput: ""))
    }

    @Test func `cancelling ends a child that ignores the polite signal, and its children`() async throws {
        let marker = "neo-test-\(UInt64.random(in: 0...UInt64.max))"
        let task = Task {
            try await ChildProcess(
                executable: "sh",
                arguments: ["-c", "trap '' TERM; sh -c 'trap \"\" TERM; while :; do sleep 1; done' \(marker)"]
            ).run()
        }
        var running = false
        while !running {
            running =
                try await ChildProcess(executable: "pgrep", arguments: ["-f", "done' \(marker)"]).run().status == 0
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        let left = try await ChildProcess(executable: "pgrep", arguments: ["-f", "while.*\(marker)$"]).run()
        #expect(left.output == "")
    }
}
