import Base
import Processes
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SearchToolTests {
    @Test(arguments: [
        ("*.swift", "a/b/c.swift", true), ("src/*.swift", "src/a.swift", true), ("src/*.swift", "src/a/b.swift", false),
        ("src/**", "src/a/b.swift", true), ("**/b.?s", "a/b.ts", true), ("{a,b}/*.md", "b/x.md", true),
        ("[a-c]x/*", "bx/y", true), ("[!a-c]x/*", "bx/y", false), ("a/**/b", "a/b", true), ("./a/b", "a/b", true),
        ("a\\*b/c", "a*b/c", true), ("a\\*b/c", "axb/c", false), ("**/**/**/**/x", "a/b/c/d/y", false),
    ])
    func `patterns fit paths`(pattern: String, path: String, fits: Bool) {
        #expect(PathPattern(pattern).fits(path) == fits)
    }

    @Test func `a pattern that was made to be slow is not`() {
        let pattern = PathPattern(String(repeating: "*a", count: 40) + "b")
        #expect(!pattern.fits(String(repeating: "a", count: 4_000)))
        #expect(PathPattern(String(repeating: "{a,b}", count: 30)).fits("x") == false)
    }

    private func project(_ bench: Workbench) async throws {
        try bench.write("let a = 1\nlet needle = 2\n", "src/a.swift")
        try bench.write("needle\n", "build/out.txt")
        try bench.write("NEEDLE -x\n", "b.md")
        try bench.write("build/\n", ".gitignore")
        try bench.write("a\u{0}needle", "binary.bin")
        _ = try await ChildProcess(executable: "git", arguments: ["init", "-q"], directory: bench.folder).run()
    }

    @Test func `files are listed without what is ignored`() async throws {
        try await Workbench.with { bench in
            try await project(bench)
            let tool = GlobTool(bench.sandbox, bench.policy, bench.files)
            #expect(try await bench.call(tool, ["pattern": "*.swift"]).text == "src/a.swift")
            let all = try await bench.call(tool, ["pattern": "**"]).text
            #expect(all == ".gitignore\nb.md\nbinary.bin\nsrc/a.swift")
            #expect(try await bench.call(tool, ["pattern": "*.swift", "folder": "src"]).text == "a.swift")
            #expect(try await bench.call(tool, ["pattern": "*", "folder": "/etc"]).isError)
            #expect(try await bench.call(tool, ["pattern": "*.rs"]).text.contains("fits *.rs"))
        }
    }

    @Test func `lines are found without what is ignored`() async throws {
        try await Workbench.with { bench in
            try await project(bench)
            let tool = GrepTool(bench.sandbox, bench.policy, bench.files)
            let found = try await bench.call(tool, ["pattern": "need(le)"])
            #expect(found.text.contains("src/a.swift:2:let needle = 2"))
            #expect(!found.text.contains("build"))
            #expect(!found.text.contains("binary"))
            let glob = try await bench.call(tool, ["pattern": "needle", "ignore_case": true, "glob": "*.md"])
            #expect(glob.text.contains("b.md:1:NEEDLE"))
            #expect(!glob.text.contains("swift"))
            #expect(try await bench.call(tool, ["pattern": "needle", "path": "src/a.swift"]).text.contains(":2:"))
            #expect(try await bench.call(tool, ["pattern": "-x"]).text.contains("b.md"))
            #expect(try await bench.call(tool, ["pattern": "nothing here"]).text.contains("Nothing in"))
            #expect(try await bench.call(tool, ["pattern": "(("]).isError)
            #expect(
                try await bench.call(tool, ["pattern": "root", "path": "/etc/passwd"]).text.contains("root:") == false)
        }
    }

    @Test func `links, FIFOs and settings that name programs do no harm`() async throws {
        try await Workbench.with { bench in
            try await project(bench)
            let secret = bench.outputs + "/secret.txt"
            _ = FileManager.default.createFile(atPath: secret, contents: Data("needle secret\n".utf8))
            try FileManager.default.createSymbolicLink(atPath: bench.folder + "/link", withDestinationPath: secret)
            _ = try await ChildProcess(executable: "mkfifo", arguments: [bench.folder + "/fifo"]).run()
            _ = try await ChildProcess(
                executable: "git",
                arguments: ["config", "core.fsmonitor", "touch \(bench.folder)/ran; touch \(bench.outputs)/ran"],
                directory: bench.folder
            ).run()
            let grep = try await bench.call(GrepTool(bench.sandbox, bench.policy, bench.files), ["pattern": "needle"])
            #expect(!grep.text.contains("secret"))
            _ = try await bench.call(GlobTool(bench.sandbox, bench.policy, bench.files), ["pattern": "*"])
            #expect(!FileManager.default.fileExists(atPath: bench.outputs + "/ran"))
        }
    }
}
