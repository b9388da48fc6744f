import FoundationEssentials
import Processes
import TestSupport
import Testing

/// A coding agent of others that is given one skill of Neo's, and nothing else.
@Suite struct SkillAgentTests {
    private static let root: String = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return path.hasSuffix("/") ? path : path + "/"
    }()

    /// The Python that mini-swe-agent's loop is installed for; nil where it is not.
    static let python: String? = {
        let path = root + ".venv/skills/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    @Test(.enabled(if: python != nil, "scripts/skills-environment installs the agent"), .timeLimit(.minutes(10)))
    func `an agent that reads only the skill takes the demo from its documents to a served release`() async throws {
        let python = try #require(Self.python)
        try await withTemporaryDirectory { folder in
            try Self.copyDocuments(to: folder + "/docs")
            try FileManager.default.copyItem(
                atPath: Self.root + "examples/swift-docs/golden.jsonl", toPath: folder + "/questions.jsonl")
            let result = try await ChildProcess(
                executable: python,
                arguments: [
                    "-X", "utf8", Self.root + "Tests/Skills/coding_agent.py", try NeoProcess.executable(),
                    Self.root + "skills/use-neo/SKILL.md", folder, "What does graceful shutdown do to a service group?",
                ]
            ).run()
            #expect(result.status == 0, "\(result.output)\n\(result.errorOutput)")
            let lines = result.output.split(separator: "\n")
            #expect(lines.last == "ok", "\(result.output)")
            #expect(lines.contains { $0.contains("swift-service-lifecycle/") }, "\(result.output)")
        }
    }

    /// The articles of the packages that Neo is built with, which the demo is about.
    private static func copyDocuments(to folder: String) throws {
        let manager = FileManager.default
        let origin = root + ".build/checkouts/"
        for path in try manager.subpathsOfDirectory(atPath: origin) where path.hasSuffix(".md") {
            let target = folder + "/" + path
            try manager.createDirectory(
                atPath: target.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
                    separator: "/"),
                withIntermediateDirectories: true)
            try manager.copyItem(atPath: origin + path, toPath: target)
        }
    }
}
