import FoundationEssentials
import Processes
import Synchronization
import TestSupport
import Testing

@Suite struct RunningProcessTests {
    @Test func `This process runs, and another start of its number does not`() throws {
        let this = try #require(RunningProcess.current)
        #expect(this.isRunning)
        let text = String(decoding: try JSONEncoder().encode(this), as: UTF8.self)
        let other = try JSONDecoder().decode(
            RunningProcess.self, from: Data(text.replacing("\"started\":", with: "\"started\":1").utf8))
        #expect(!other.isRunning)
        #expect(RunningProcess(-1) == nil && RunningProcess(0) == nil && RunningProcess(1) == nil)
    }

    @Test func `A server's output goes to its log, and cancelling ends it`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let log = folder + "/log"
            let number = Mutex<Int32>(0)
            let task = Task {
                try await ChildProcess(executable: "bash", arguments: ["-c", "echo said; sleep 1000"]).run(
                    appendingTo: log
                ) { started in number.withLock { $0 = started } }
            }
            while FileManager.default.contents(atPath: log) != Data("said\n".utf8) { await Task.yield() }
            while number.withLock({ $0 }) == 0 { await Task.yield() }
            let child = try #require(RunningProcess(number.withLock { $0 }))
            #expect(child.isRunning)
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
            #expect(!child.isRunning)
        }
    }

    @Test func `A status and a program that is not there are told`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let status = try await ChildProcess(executable: "bash", arguments: ["-c", "exit 7"]).run(
                appendingTo: folder + "/log")
            #expect(status == 7)
            await #expect(throws: ProcessError.self) {
                try await ChildProcess(executable: "true").run(appendingTo: "/nowhere/log")
            }
        }
    }

    @Test func `A detached process goes on, and can be ended by its number`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let log = folder + "/log"
            try await ChildProcess(executable: "bash", arguments: ["-c", "echo $$; exec sleep 1000"])
                .startDetached(appendingTo: log)
            var text = ""
            while !text.hasSuffix("\n") {
                text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
                await Task.yield()
            }
            let process = try #require(Int32(text.dropLast()).flatMap { RunningProcess($0) })
            process.kill()
            while process.isRunning { await Task.yield() }
        }
    }
}
