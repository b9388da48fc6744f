import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct WorkspaceStampsTests {
    private func stamps(_ bench: Workbench) async throws -> WorkspaceStamps {
        let stamps = try #require(WorkspaceStamps(of: bench.folder))
        #expect(try await stamps.settle())
        return stamps
    }

    @Test(arguments: [
        "write", "append", "permissions", "new", "gone", "replaced", "link", "repository", "empty folder",
    ])
    func `each way of changing a file is seen`(way: String) async throws {
        try await Workbench.with { bench in
            try bench.write("text", "folder/a.txt")
            try bench.write("text", "b.txt")
            let before = try await stamps(bench)
            #expect(WorkspaceStamps(of: bench.folder) == before)
            let files = FileManager.default
            let path = bench.folder + "/folder/a.txt"
            switch way {
            case "write": try Data("next".utf8).write(to: URL(filePath: path))
            case "append": try bench.write("text and more", "folder/a.txt")
            case "permissions": try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            case "new": try bench.write("", "folder/c.txt")
            case "gone": try files.removeItem(atPath: path)
            case "replaced": try files.moveItem(atPath: bench.folder + "/b.txt", toPath: bench.folder + "/folder/b.txt")
            case "link":
                try files.removeItem(atPath: path)
                try files.createSymbolicLink(atPath: path, withDestinationPath: "../b.txt")
            case "repository": try bench.write("x", "folder/.git/HEAD")
            default: try files.createDirectory(atPath: bench.folder + "/new", withIntermediateDirectories: false)
            }
            #expect(WorkspaceStamps(of: bench.folder) != before)
        }
    }

    @Test func `what is not kept is not looked at, and what comes and goes leaves no trace`() async throws {
        try await Workbench.with { bench in
            try bench.write("text", "a.txt")
            try bench.write("text", ".git/HEAD")
            let before = try await stamps(bench)
            try bench.write("text", ".neo/sessions/x.jsonl")
            try bench.write("other", ".git/HEAD")
            try bench.write("", "neo.yaml")
            try FileManager.default.removeItem(atPath: bench.folder + "/neo.yaml")
            #expect(WorkspaceStamps(of: bench.folder) == before)
        }
    }

    @Test func `a folder with too many files, or that is not there, has none`() async throws {
        try await Workbench.with { bench in
            for number in 0..<20_001 {
                _ = FileManager.default.createFile(atPath: bench.folder + "/\(number)", contents: nil)
            }
            #expect(WorkspaceStamps(of: bench.folder) == nil)
            #expect(WorkspaceStamps(of: bench.folder + "/nowhere") == nil)
        }
    }
}
