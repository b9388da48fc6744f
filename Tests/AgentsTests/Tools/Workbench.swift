import Base
import LanguageModels
import Sandbox
import TestSupport

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A workspace with tools, for tests.
struct Workbench {
    let folder: String
    let outputs: String
    let sandbox: Sandbox
    let policy: SandboxPolicy
    let files: WorkspaceFiles
    let seen = SeenFiles()

    static func with(_ body: (Workbench) async throws -> Void) async throws {
        try await withTemporaryDirectory { base in
            try await body(try Workbench(base))
        }
    }

    private init(_ base: String) throws {
        folder = base + "/work"
        outputs = base + "/outputs"
        for path in [folder, outputs] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        sandbox = try Sandbox.find()
        policy = SandboxPolicy(workspace: folder)
        files = try WorkspaceFiles(policy)
    }

    func write(_ text: String, _ name: String) throws {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw AgentsError(.storage, "\(path) could not be made.")
        }
    }

    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: folder + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    func call(_ tool: any Tool, _ arguments: [String: JSONValue], id: String = "call") async throws -> ToolOutcome {
        try await tool.run(arguments, in: ToolContext(callID: id, outputFolder: outputs))
    }

    func parts() -> ToolSet.Parts {
        ToolSet.Parts(
            sandbox: sandbox, policy: policy, jobs: ShellJobs(folder: outputs),
            fetcher: PageFetcher { _ in FetchedPage(status: 200, type: "text/plain", bytes: Array("a page".utf8)) },
            markdown: { $0 })
    }
}
