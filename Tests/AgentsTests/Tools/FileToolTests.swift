import Base
import LanguageModels
import Processes
import Sandbox
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#endif

/// File tools in a workspace that somebody hostile has prepared.
@Suite(.timeLimit(.minutes(5))) struct FileToolTests {
    private func tools(_ bench: Workbench) -> [(tool: any Tool, arguments: (String) -> [String: JSONValue])] {
        let patch = { (path: String) -> JSONValue in
            .string("*** Begin Patch\n*** Update File: \(path)\n@@\n-secret\n+changed\n*** End Patch")
        }
        return [
            (ReadTool(bench.files, bench.seen), { ["path": .string($0)] }),
            (WriteTool(bench.files, bench.seen), { ["path": .string($0), "content": "changed"] }),
            (EditTool(bench.files, bench.seen), { ["path": .string($0), "old": "secret", "new": "changed"] }),
            (PatchTool(bench.files, bench.seen), { ["patch": patch($0)] }),
        ]
    }

    @Test func `FIFOs, devices, folders and links that lead out neither leak nor hang nor change`() async throws {
        try await Workbench.with { bench in
            let outside = bench.outputs + "/outside.txt"
            _ = FileManager.default.createFile(atPath: outside, contents: Data("secret".utf8))
            let files = FileManager.default
            try files.createSymbolicLink(atPath: bench.folder + "/link", withDestinationPath: outside)
            try files.createSymbolicLink(atPath: bench.folder + "/up", withDestinationPath: "../outputs")
            try files.createSymbolicLink(atPath: bench.folder + "/loop", withDestinationPath: "loop")
            try files.createSymbolicLink(atPath: bench.folder + "/proc", withDestinationPath: "/proc/self/root/etc")
            try files.createSymbolicLink(atPath: bench.folder + "/zero", withDestinationPath: "/dev/zero")
            try files.createDirectory(atPath: bench.folder + "/folder", withIntermediateDirectories: true)
            _ = try await ChildProcess(executable: "mkfifo", arguments: [bench.folder + "/fifo"]).run()
            let names = [
                "link", "up/outside.txt", "loop", "proc/passwd", "zero", "folder", "fifo", "/dev/zero",
                "/proc/self/mem",
                "/proc/self/root/etc/passwd", "../outputs/outside.txt", "folder/../../outputs/outside.txt", "", "/",
                "a\u{0}b", outside,
            ]
            for (tool, arguments) in tools(bench) {
                for name in names {
                    let outcome = try await bench.call(tool, arguments(name))
                    #expect(outcome.isError, "\(tool.definition.name) \(name): \(outcome.text)")
                    #expect(!outcome.text.contains("secret"), "\(tool.definition.name) \(name)")
                }
            }
            #expect(files.contents(atPath: outside) == Data("secret".utf8))
            #expect(try files.destinationOfSymbolicLink(atPath: bench.folder + "/link") == outside)
        }
    }

    @Test func `an edit makes a file, and where it fits nowhere a short file is shown that was not read`() async throws
    {
        try await Workbench.with { bench in
            let edit = EditTool(bench.files, bench.seen)
            func call(_ old: String, _ new: String, _ path: String = "new/a.txt") async throws -> ToolOutcome {
                try await bench.call(edit, ["path": .string(path), "old": .string(old), "new": .string(new)])
            }
            let guess = try await call("x", "x")
            #expect(guess.isError && guess.text.contains("There is no file") && guess.text.contains("an empty `old`"))
            #expect(try await !call("", "one\n").isError)
            #expect(bench.read("new/a.txt") == "one\n")
            let again = try await call("", "two\n")
            #expect(again.isError && again.text.contains("exists") && !again.text.contains("The file holds"))
            try bench.write("", "empty.txt")
            #expect(try await !call("", "full\n", "empty.txt").isError)
            #expect(bench.read("empty.txt") == "full\n")
            try bench.write("alpha\nbeta\n", "b.txt")
            let blind = try await call("gamma", "delta", "b.txt")
            #expect(blind.isError && blind.text.contains("The file holds:\n1\talpha\n2\tbeta"), "\(blind.text)")
            #expect(try await !call("gamma", "delta", "b.txt").text.contains("The file holds"))
            try bench.write(String(repeating: "line\n", count: 1_000), "long.txt")
            #expect(try await !call("gamma", "delta", "long.txt").text.contains("The file holds"))
        }
    }

    @Test func `binary files, invalid UTF-8 and endless lines are said or cut`() async throws {
        try await Workbench.with { bench in
            let read = ReadTool(bench.files, bench.seen)
            let edit = EditTool(bench.files, bench.seen)
            let path = bench.folder + "/bytes"
            _ = FileManager.default.createFile(atPath: path, contents: Data([0x61, 0, 0x62]))
            #expect(try await bench.call(read, ["path": "bytes"]).text.contains("binary"))
            _ = FileManager.default.createFile(atPath: path, contents: Data([0x61, 0xFF, 0xFE, 0x0A, 0x1B, 0x5B]))
            let shown = try await bench.call(read, ["path": "bytes"])
            #expect(shown.text == "1\ta\u{FFFD}\u{FFFD}\n2\t\u{241B}[")
            #expect(try await bench.call(edit, ["path": "bytes", "old": "a", "new": "b"]).text.contains("no UTF-8"))
            // A gigabyte without an end of line, which takes no room on the disk.
            let file = open(bench.folder + "/long", O_CREAT | O_WRONLY, 0o644)
            _ = "start".withCString { write(file, $0, 5) }
            #expect(ftruncate(file, 1 << 30) == 0)
            close(file)
            let long = try await bench.call(read, ["path": "long"])
            #expect(long.text.utf8.count < 20_000)
            #expect(
                try await bench.call(edit, ["path": "long", "old": "start", "new": "x"]).text.contains("too large"))
            let patch = "--- a/long\n+++ b/long\n@@ -1 +1 @@\n-start\n+x\n"
            #expect(try await bench.call(PatchTool(bench.files, bench.seen), ["patch": .string(patch)]).isError)
            try bench.write(String(repeating: "x", count: 3 << 20), "line")
            #expect(try await bench.call(read, ["path": "line"]).text.hasSuffix("(line cut)"))
        }
    }

    @Test func `what somebody else changed meanwhile is said, and not overwritten`() async throws {
        for index in 1..<4 {
            try await Workbench.with { bench in
                try bench.write("secret\n", "file")
                _ = try await bench.call(ReadTool(bench.files, bench.seen), ["path": "file"])
                try bench.write("secret of another\n", "file")
                let (tool, arguments) = tools(bench)[index]
                let outcome = try await bench.call(tool, arguments("file"))
                #expect(outcome.isError, "\(tool.definition.name)")
                #expect(outcome.text.contains("changed by someone else"), "\(outcome.text)")
                #expect(bench.read("file") == "secret of another\n")
            }
        }
    }

    @Test(.enabled(if: FileToolTests.smallDisk, "/dev/shm is no small disk here"))
    func `a full disk leaves files as they were`() async throws {
        let folder = "/dev/shm/neo-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = try WorkspaceFiles(SandboxPolicy(workspace: folder))
        let seen = SeenFiles()
        _ = FileManager.default.createFile(atPath: folder + "/a", contents: Data("secret".utf8))
        _ = FileManager.default.createFile(atPath: folder + "/filler", contents: nil)
        let filler = open(folder + "/filler", O_WRONLY)
        let block = [UInt8](repeating: 1, count: 1 << 20)
        while block.withUnsafeBytes({ write(filler, $0.baseAddress, $0.count) }) > 0 {}
        close(filler)
        let context = ToolContext(callID: "1", outputFolder: folder)
        let big = JSONValue.string(String(repeating: "x", count: 2 << 20))
        _ = try await ReadTool(files, seen).run(["path": "a"], in: context)
        let written = try await WriteTool(files, seen).run(["path": "a", "content": big], in: context)
        #expect(written.text.contains("No space left"), "\(written.text)")
        #expect(FileManager.default.contents(atPath: folder + "/a") == Data("secret".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "filler"])
    }

    static var smallDisk: Bool {
        var found = statvfs()
        guard statvfs("/dev/shm", &found) == 0 else { return false }
        return UInt64(found.f_bavail) * UInt64(found.f_frsize) < 300 << 20
    }
}
