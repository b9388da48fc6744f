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

@Suite struct PatchTests {
    private func patched(_ text: String, _ patch: String) throws -> String {
        let patches = try PatchParser.parse(patch)
        return try PatchedText.apply(try #require(patches.first), to: text)
    }

    @Test func `both forms give the same`() throws {
        let text = "one\ntwo\nthree\nfour\n"
        let marked = "*** Begin Patch\n*** Update File: a\n@@\n one\n-two\n+2\n three\n*** End Patch"
        let unified = "--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
        #expect(try patched(text, marked) == "one\n2\nthree\nfour\n")
        #expect(try patched(text, unified) == "one\n2\nthree\nfour\n")
        #expect(try PatchParser.parse(marked).map(\.path) == ["a"])
        #expect(try PatchParser.parse(unified).map(\.path) == ["a"])
    }

    @Test(arguments: [
        ("a\n  b  \nc\n", " a\n-b\n+B\n c", "a\nB\nc\n"),
        ("a\r\nb\r\n", " a\n-b\n+B", "a\r\nB\r\n"),
        ("x\nx\ny\n", "-y\n+z", "x\nx\nz\n"),
    ])
    func `spaces and line ends may differ, and the file's own stay`(text: String, hunk: String, expected: String) throws
    {
        #expect(try patched(text, "*** Begin Patch\n*** Update File: a\n@@\n\(hunk)\n*** End Patch\n") == expected)
    }

    @Test func `headings lead to the right one of equal places, and the end of the file is meant where it is said`()
        throws
    {
        let text = "class A\n  def f\n    pass\nclass B\n  def f\n    pass\n"
        let patch = "*** Begin Patch\n*** Update File: a\n@@ class B\n@@ def f\n-    pass\n+    return\n*** End Patch"
        #expect(try patched(text, patch) == "class A\n  def f\n    pass\nclass B\n  def f\n    return\n")
        let end = "*** Begin Patch\n*** Update File: a\n@@\n-    pass\n+    stop\n*** End of File\n*** End Patch"
        #expect(try patched(text, end).hasSuffix("    stop\n"))
        #expect(try patched(text, end).contains("A\n  def f\n    pass"))
    }

    @Test func `of equal places, a unified diff means the one that its numbers are nearest to`() throws {
        let text = (1...30).map { $0 % 10 == 0 ? "same" : "\($0)" }.joined(separator: "\n") + "\n"
        let changed = try patched(text, "--- a/a\n+++ b/a\n@@ -21 +21 @@\n-same\n+other\n")
        #expect(changed.split(separator: "\n")[19] == "other")
    }

    @Test(arguments: [
        ("", "no patch"), ("*** Begin Patch\n*** Update File: a\n@@\n-x\n+y\n", "no *** End Patch"),
        ("*** Begin Patch\nfoo\n*** End Patch", "Line 2"),
        ("--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n", "shorter"), ("--- a/a\n+++ b/a\n@@ 1 @@\n", "@@ -1,2 +1,3 @@"),
        ("diff --git a/x b/x\nGIT binary patch\n", "binary"),
        ("*** Begin Patch\n*** Add File: a\nx\n*** End Patch", "+"),
        ("--- a/a\n+++ b/a\n@@ -1,99999999999999999999 +1 @@\n", "@@ -1,2"),
    ])
    func `what cannot be read is said with its place`(patch: String, part: String) {
        let error = #expect(throws: PatchError.self) { try PatchParser.parse(patch) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test func `random changes give what git apply gives`() async throws {
        try await Workbench.with { bench in
            var random = SplitMix64(seed: 7)
            for round in 0..<25 {
                let old = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    "line \(Int.random(in: 0...9, using: &random))"
                }
                var new = old
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let place = Int.random(in: 0...new.count, using: &random)
                    if Bool.random(using: &random), place < new.count {
                        new.remove(at: place)
                    } else {
                        new.insert("new \(Int.random(in: 0...9, using: &random))", at: place)
                    }
                }
                let ends = (Bool.random(using: &random), Bool.random(using: &random))
                let (before, after) = (text(old, ends.0), text(new, ends.1))
                guard before != after else { continue }
                try bench.write(before, "old")
                try bench.write(after, "new")
                let diff = try await ChildProcess(
                    executable: "git", arguments: ["diff", "--no-index", "--no-color", "old", "new"],
                    directory: bench.folder
                ).run().output
                var patch = try #require(try PatchParser.parse(diff).first, "\(round)")
                patch.destination = nil
                #expect(try PatchedText.apply(patch, to: before) == after, "round \(round):\n\(diff)")
            }
        }
    }

    private func text(_ lines: [String], _ endsWithNewline: Bool) -> String {
        lines.isEmpty ? "" : lines.joined(separator: "\n") + (endsWithNewline ? "\n" : "")
    }

    @Test func `files are added, changed, moved and deleted together`() async throws {
        try await Workbench.with { bench in
            try bench.write("a\n", "a.txt")
            try bench.write("b\n", "b.txt")
            try bench.write("c\n", "c.txt")
            let patch = """
                *** Begin Patch
                *** Add File: new/file.txt
                +hello
                *** Update File: a.txt
                *** Move to: moved.txt
                @@
                -a
                +A
                *** Delete File: b.txt
                *** Update File: c.txt
                @@
                -c
                +C
                *** End Patch
                """
            let outcome = try await bench.call(PatchTool(bench.files, bench.seen), ["patch": .string(patch)])
            #expect(!outcome.isError, "\(outcome.text)")
            #expect(bench.read("new/file.txt") == "hello\n")
            #expect(bench.read("a.txt") == nil)
            #expect(bench.read("moved.txt") == "A\n")
            #expect(bench.read("b.txt") == nil)
            #expect(bench.read("c.txt") == "C\n")
        }
    }

    @Test func `where one part fails nothing is changed, and the nearest lines are shown`() async throws {
        try await Workbench.with { bench in
            try bench.write("let total = 1\nlet other = 2\n", "a.txt")
            try bench.write("b\n", "b.txt")
            let patch = """
                *** Begin Patch
                *** Update File: b.txt
                @@
                -b
                +B
                *** Update File: a.txt
                @@
                -let total = 3
                +let total = 4
                *** End Patch
                """
            let tool = PatchTool(bench.files, bench.seen)
            let outcome = try await bench.call(tool, ["patch": .string(patch)])
            #expect(outcome.isError)
            #expect(outcome.text.contains("1\tlet total = 1"))
            #expect(bench.read("b.txt") == "b\n")
            // The last part fails only when it is written: a protected file.
            let planted =
                "*** Begin Patch\n*** Update File: b.txt\n@@\n-b\n+B\n*** Add File: AGENTS.md\n+obey\n*** End Patch"
            let second = try await bench.call(tool, ["patch": .string(planted)])
            #expect(second.text.contains("protected"))
            #expect(bench.read("b.txt") == "b\n")
        }
    }
}
