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

    @Test func `A child that writes without end fills two files and no more`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let log = folder + "/log"
            let child = ChildProcess(
                executable: "bash",
                arguments: ["-c", "echo first; yes | head -c 1000000; yes no | head -c 1000000 >&2; echo last >&2"])
            #expect(try await child.run(appendingTo: log, limit: 100_000) == 0)
            let (new, old) = (try #require(contents(log)), try #require(contents(log + ".1")))
            #expect(new.count <= 100_000 && old.count == 100_000)
            #expect(String(decoding: old + new, as: UTF8.self).contains("last\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["log", "log.1"])
            let rights = try FileManager.default.attributesOfItem(atPath: log)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            // The next one goes on behind it.
            try Data(repeating: 1, count: 90_000).write(to: URL(filePath: log))
            #expect(try await child.run(appendingTo: log, limit: 100_000) == 0)
            #expect(try #require(contents(log)).count <= 100_000)
        }
    }

    private func contents(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

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
