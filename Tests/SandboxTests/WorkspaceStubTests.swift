import Processes
import TestSupport
import Testing

@testable import Sandbox

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What stands in a workspace while a run is under way, and afterwards.
@Suite struct WorkspaceStubTests {
    private func names(_ folder: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    @Test func `a stub is told apart from a user's empty file`() async throws {
        try await withTemporaryDirectory { folder in
            try "".write(toFile: folder + "/mine", atomically: true, encoding: .utf8)
            let stub = try WorkspaceStub(path: folder + "/stub", isFolder: false)
            let notMine = try WorkspaceStub(path: folder + "/mine", isFolder: false)
            #expect(WorkspaceStub.isStub(folder + "/stub") && !WorkspaceStub.isStub(folder + "/mine"))
            stub.remove()
            notMine.remove()
            #expect(try names(folder) == ["mine"])
        }
    }

    @Test func `the last that needs a stub takes it away`() async throws {
        try await withTemporaryDirectory { folder in
            for isFolder in [false, true] {
                let path = folder + "/AGENTS.md"
                let both = try (0..<2).map { _ in try WorkspaceStub(path: path, isFolder: isFolder) }
                both[0].remove()
                #expect(WorkspaceStub.isStub(path))
                // Neither does who clears up take away what is needed.
                WorkspaceStub.clear(folder)
                #expect(WorkspaceStub.isStub(path))
                both[1].remove()
                #expect(try names(folder).isEmpty)
            }
        }
    }

    @Test func `what somebody wrote into a stub stays`() async throws {
        try await withTemporaryDirectory { folder in
            let stub = try WorkspaceStub(path: folder + "/neo.yaml", isFolder: false)
            try "name: x".write(toFile: folder + "/neo.yaml", atomically: false, encoding: .utf8)
            stub.remove()
            #expect(try names(folder) == ["neo.yaml"])
        }
    }

    @Test func `what a killed run left is cleared, and a run protects it meanwhile`() async throws {
        try await withTemporaryDirectory { folder in
            let workspace = folder + "/work"
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: false)
            // As processes that are gone leave them: nobody holds them.
            let script = """
                import os
                for name in ("neo.yaml", "AGENTS.md"): open(name, "x").close()
                for name in ("skills", ".git"): os.mkdir(name)
                for name in ("neo.yaml", "AGENTS.md", "skills", ".git"): os.utime(name, (0, 86399))
                """
            func plant() async throws {
                _ = try await ChildProcess(
                    executable: "python3", arguments: ["-c", script], directory: workspace
                ).run()
            }
            try await plant()
            #expect(try names(workspace).count == 4)
            WorkspaceProtection.clearLeftovers(in: workspace)
            #expect(try names(workspace).isEmpty)
            try await plant()
            let result = try await Sandbox.find().run(
                [
                    "/bin/sh", "-c",
                    "(echo x > AGENTS.md) 2>/dev/null && echo WROTE; mkdir .git/hooks 2>/dev/null && echo MADE; true",
                ],
                under: SandboxPolicy(workspace: workspace))
            #expect(result.output.isEmpty && result.status == 0, "\(result.output) \(result.errorOutput)")
            #expect(try names(workspace).isEmpty)
        }
    }
}
