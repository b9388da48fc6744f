import TestSupport
import Testing

@testable import Sandbox

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SandboxTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox.find() }

    private func shell(_ script: String, _ policy: SandboxPolicy = SandboxPolicy()) async throws -> SandboxResult {
        try await sandbox.run(["/bin/sh", "-c", script], under: policy)
    }

    @Test func `both streams, the status and what it took come back`() async throws {
        let result = try await shell("echo out; echo err >&2; exit 7")
        #expect(result.output == "out\n")
        #expect(result.errorOutput == "err\n")
        #expect(result.status == 7)
        #expect(result.limitsHit.isEmpty)
        #expect(result.walls.layers.suffix(2) == ["bubblewrap", "seccomp"])
        let landlock = await MachineWalls().parts().first { $0.name == "Landlock" }
        #expect(result.walls.layers.contains("landlock") == (landlock?.isThere == true))
        #expect(try #require(result.usage.cpuSeconds) > 0)
        #expect(try #require(result.usage.residentBytes) > 100_000)
    }

    @Test func `a signal is counted as shells count it`() async throws {
        #expect(try await shell("kill -9 $$").status == 137)
    }

    @Test func `a program that is not there is no failure of the walls`() async throws {
        let result = try await sandbox.run(["/no/such/program"], under: SandboxPolicy())
        #expect(result.status == 127)
        #expect(result.errorOutput.contains("/no/such/program"))
    }

    @Test func `input is read, and output is heard as it comes`() async throws {
        let heard = Collected<String>()
        let result = try await sandbox.run(["/bin/cat"], under: SandboxPolicy(), input: "a line\n") { _, bytes in
            heard.add(String(decoding: bytes, as: UTF8.self))
        }
        #expect(result.output == "a line\n")
        #expect(heard.all.joined() == "a line\n")
    }

    @Test func `long output keeps head and tail, and the whole is on disk`() async throws {
        try await withTemporaryDirectory { folder in
            var policy = SandboxPolicy()
            policy.limits.shownBytes = 100
            let result = try await sandbox.run(
                ["/bin/sh", "-c", "seq 1 5000"], under: policy, whole: folder + "/whole.txt")
            #expect(result.output.hasPrefix("1\n2\n3\n"))
            #expect(result.output.hasSuffix("4999\n5000\n"))
            #expect(result.leftOut > 20_000)
            let whole = try String(contentsOfFile: folder + "/whole.txt", encoding: .utf8)
            #expect(whole == (1...5000).map { "\($0)\n" }.joined())
        }
    }

    @Test func `the workspace can be changed, and nothing else`() async throws {
        try await withTemporaryDirectory { folder in
            try "secret".write(toFile: folder + "/outside.txt", atomically: true, encoding: .utf8)
            let workspace = folder + "/workspace"
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
            let result = try await shell(
                "pwd; echo new > file; cat \(folder)/outside.txt; echo x > \(folder)/planted; echo x > /usr/planted",
                SandboxPolicy(workspace: workspace))
            #expect(result.output == workspace + "\n")
            #expect(try String(contentsOfFile: workspace + "/file", encoding: .utf8) == "new\n")
            #expect(!FileManager.default.fileExists(atPath: folder + "/planted"))
            #expect(result.errorOutput.contains("outside.txt: No such file"))
            #expect(result.errorOutput.contains("Read-only file system"))
        }
    }

    @Test func `what Neo, version control and editors trust is read-only, and its records are not there`() async throws
    {
        try await withTemporaryDirectory { folder in
            let files = FileManager.default
            for name in [".neo", ".git/hooks"] {
                try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
            }
            for name in [".neo/neo.db", ".git/config", "neo.yaml", "AGENTS.md"] {
                try "mine".write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
            }
            let script = """
                for f in .git/config .git/hooks/pre-commit .mcp.json .vscode/tasks.json neo.yaml skills/a AGENTS.md CLAUDE.md; do
                    mkdir -p $(dirname $f) 2>/dev/null; (echo planted > $f) 2>/dev/null && echo "WROTE $f"
                done
                mv .git .git2 2>/dev/null && echo "MOVED .git"
                rm -rf neo.yaml 2>/dev/null && echo "REMOVED neo.yaml"
                cat neo.yaml; ls -A .neo; cat .neo/neo.db; true
                """
            let result = try await shell(script, SandboxPolicy(workspace: folder))
            #expect(result.output == "mine")
            #expect(result.errorOutput.contains("neo.db: No such file"))
            // What was made to stand on is gone again.
            #expect(Set(try files.contentsOfDirectory(atPath: folder)) == [".neo", ".git", "neo.yaml", "AGENTS.md"])
            #expect(try String(contentsOfFile: folder + "/AGENTS.md", encoding: .utf8) == "mine")
        }
    }

    @Test func `a file can read as something else`() async throws {
        try await withTemporaryDirectory { folder in
            try "held out".write(toFile: folder + "/golden.jsonl", atomically: true, encoding: .utf8)
            var policy = SandboxPolicy(workspace: folder)
            policy.replaced[folder + "/golden.jsonl"] = Array("search split".utf8)
            #expect(try await shell("cat golden.jsonl", policy).output == "search split")
            #expect(try String(contentsOfFile: folder + "/golden.jsonl", encoding: .utf8) == "held out")
        }
    }

    @Test func `a protected link that was replaced is put back, and said`() async throws {
        try await withTemporaryDirectory { folder in
            try "rules".write(toFile: folder + "/real.md", atomically: true, encoding: .utf8)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/AGENTS.md", withDestinationPath: "real.md")
            let result = try await shell(
                "(echo x > real.md) 2>/dev/null && echo WROTE; rm AGENTS.md; echo planted > AGENTS.md",
                SandboxPolicy(workspace: folder))
            #expect(result.output == "")
            #expect(result.violations.count == 1)
            #expect(try String(contentsOfFile: folder + "/AGENTS.md", encoding: .utf8) == "rules")
        }
    }

    @Test(
        arguments: [
            (SandboxLimit.wallSeconds, "sleep 100"),
            (.cpuSeconds, "while :; do :; done"),
            (.memoryBytes, "python3 -c 'x = bytearray(150 << 20); import time; time.sleep(60)'"),
            (.memoryBytes, "for i in $(seq 10); do head -c 15m /dev/zero > /tmp/$i; done; sleep 60"),
            (.fileBytes, "head -c 30m /dev/zero > /tmp/big"),
            (.outputBytes, "yes"),
            (.processes, "for i in $(seq 300); do sleep 50 & done; wait"),
        ])
    func `a run that comes to a limit is ended, and the limit is named`(limit: SandboxLimit, script: String)
        async throws
    {
        var policy = SandboxPolicy()
        policy.limits = SandboxLimits(
            wallSeconds: limit == .wallSeconds ? 0.3 : 280, cpuSeconds: limit == .cpuSeconds ? 1 : 100,
            memoryBytes: limit == .memoryBytes ? 100 << 20 : 2 << 30, processes: 100, fileBytes: 20 << 20,
            temporaryBytes: 1 << 30, outputBytes: 10 << 20)
        let result = try await shell(script, policy)
        #expect(result.limitsHit == [limit] || (limit == .processes && result.errorOutput.contains("fork")))
        #expect(result.status != 0)
    }

    @Test func `where the kernel counts, files in memory may be made, and are counted`() async throws {
        let groups = ControlGroups.ofThisProcess
        guard groups.folder != nil else {
            print("skipped: no control group for runs: \(groups.sentence)")
            return
        }
        var policy = SandboxPolicy()
        policy.limits = SandboxLimits(wallSeconds: 280, memoryBytes: 60 << 20)
        let script = """
            import os
            f = os.memfd_create("x")
            for n in range(%): os.write(f, bytes(1 << 20))
            print("held")
            """
        func run(_ megabytes: Int) async throws -> SandboxResult {
            try await sandbox.run(
                ["/usr/bin/python3", "-c", script.replacing("%", with: "\(megabytes)")], under: policy)
        }
        let (fits, bursts) = (try await run(20), try await run(100))
        #expect(fits.output == "held\n" && fits.walls.memory == .controlGroup)
        #expect(bursts.output.isEmpty && bursts.limitsHit == [.memoryBytes])
        let left = try FileManager.default.contentsOfDirectory(atPath: groups.folder ?? "/")
        #expect(!left.contains { ControlGroup.isLeftOver($0) })
    }

    @Test func `a cancelled run leaves nothing behind, not even what ignores signals`() async throws {
        try await withTemporaryDirectory { folder in
            let policy = SandboxPolicy(writable: [folder])
            let running = Task {
                try await shell(
                    "trap '' TERM INT HUP; (trap '' TERM; sleep 54321) & touch started; sleep 54321", policy)
            }
            while !FileManager.default.fileExists(atPath: folder + "/started") {
                try await Task.sleep(for: .milliseconds(5))
            }
            running.cancel()
            await #expect(throws: (any Error).self) { try await running.value }
            // The kernel ends what is left of a namespace after its first process; a busy one takes a moment.
            for _ in 0..<1000 where processes().contains(where: { $0.contains("sleep 54321") }) {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(!processes().contains { $0.contains("sleep 54321") })
        }
    }

    @Test func `there is no network, not even the machine itself`() async throws {
        let result = try await shell("cat /proc/net/dev | tail -n +3 | cut -d: -f1; : < /dev/tcp/127.0.0.1/22 || true")
        #expect(result.output.trimmingPrefix(while: \.isWhitespace) == "lo\n")
    }

    private func processes() -> [String] {
        let files = FileManager.default
        return ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { name in
            files.contents(atPath: "/proc/\(name)/cmdline").map {
                String(decoding: $0.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
            }
        }
    }
}
