import Base
import TestSupport
import Testing

@testable import Agents

@Suite(.timeLimit(.minutes(5))) struct JobsTests {
    @Test func `a command in the background is read, waited for and killed`() async throws {
        try await Workbench.with { bench in
            let jobs = ShellJobs(folder: bench.outputs)
            let shell = ShellTool(bench.sandbox, bench.policy, jobs: jobs)
            let tool = JobsTool(jobs)
            let started = try await bench.call(
                shell,
                ["command": "echo one; until [ -f go ]; do sleep 0.01; done; echo two; exit 3", "background": true])
            #expect(started.text.hasPrefix("job-1 was started"))
            var text = ""
            while !text.hasPrefix("one") {
                text = try await bench.call(tool, ["action": "output", "job": "job-1"]).text
            }
            #expect(try await bench.call(tool, ["action": "output", "job": "job-1"]).text.hasPrefix("(nothing new)"))
            #expect(try await bench.call(tool, ["action": "list"]).text.hasPrefix("job-1: runs: echo one"))
            try bench.write("", "go")
            let waited = try await bench.call(tool, ["action": "wait", "job": "job-1"])
            #expect(waited.text.hasPrefix("two\n"))
            #expect(waited.text.contains("ended with exit code 3"))

            _ = try await bench.call(shell, ["command": "trap '' TERM; sleep 1000", "background": true])
            #expect(try await bench.call(tool, ["action": "kill", "job": "job-2"]).text.contains("was killed"))
            #expect(
                try await bench.call(tool, ["action": "kill", "job": "job-9"]).text.contains("There are: job-1, job-2"))
            await jobs.endAll()
        }
    }

    @Test func `a session that is taken up again knows what is gone`() async throws {
        try await Workbench.with { bench in
            let jobs = ShellJobs(folder: bench.outputs)
            let shell = ShellTool(bench.sandbox, bench.policy, jobs: jobs)
            _ = try await bench.call(shell, ["command": "sleep 1000", "background": true])
            // Another process reads the notes, as after a crash.
            let later = ShellJobs(folder: bench.outputs)
            #expect(await later.summary() == "job-1: is gone: Neo was ended while it ran: sleep 1000")
            await jobs.endAll()
            let last = ShellJobs(folder: bench.outputs)
            #expect(await last.summary() == "job-1: was killed: sleep 1000")
            let next = ShellTool(bench.sandbox, bench.policy, jobs: last)
            #expect(try await bench.call(next, ["command": "true", "background": true]).text.hasPrefix("job-2"))
            await last.endAll()
        }
    }
}
