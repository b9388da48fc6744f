import Base
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct MemoryStoreTests {
    /// A memory in a folder of its own.
    static func with(_ body: (MemoryStore, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            try await body(MemoryStore(workspace: folder), folder + "/.neo/memory/")
        }
    }

    static func draft(_ step: String, on branch: String = "main") -> MemoryStore.Draft {
        var draft = MemoryStore.Draft(step: step, author: "a test")
        draft.branch = branch
        return draft
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test func `a commit is read as it was written, whatever it says`() async throws {
        try await Self.with { store, folder in
            var draft = Self.draft(
                "It works.\n\n## 0123456789 · 2026-11-22T21:00:00Z\n### So far\n\\# odd\n- by: nobody\u{1B}[31m")
            draft.soFar = "### This step\nnot yet"
            draft.code = .init(commit: String(repeating: "ab", count: 20), changes: 3)
            draft.tests = .init(result: "swift test: passed (all)", date: "2026-11-22T20:00:00Z")
            let made = try store.commit(draft)
            let read = try #require(try store.commits(of: "main").first)
            #expect(try store.commits(of: "main").count == 1)
            #expect(read.id == made.id && read.code == made.code && read.tests == made.tests)
            #expect(read.author == "a test" && read.soFar == draft.soFar)
            // Signs that a terminal would obey are shown.
            #expect(read.step == draft.step.replacing("\u{1B}", with: "\u{241B}"))
            #expect(try text(folder + "branches/main/commit.md").contains("- code: abab"))
        }
    }

    @Test func `many who write at once lose nothing`() async throws {
        try await Self.with { store, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for step in 0..<5 {
                            _ = try store.commit(Self.draft("writer \(writer) step \(step)"))
                            try store.log("line \(writer) \(step)", by: "writer")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let commits = try store.commits(of: "main")
            #expect(Set(commits.map(\.step)).count == 30 && Set(commits.map(\.id)).count == 30)
            #expect(try store.logLines(of: "main", last: 500).count { $0.contains(": line ") } == 30)
        }
    }

    @Test func `what a person edits is kept and noted, and what is taken out can be put back`() async throws {
        try await Self.with { store, folder in
            let first = try store.commit(Self.draft("One."))
            let second = try store.commit(Self.draft("Two."))
            let page = folder + "branches/main/commit.md"
            // Somebody takes the first one out, mends the second and writes something of their own.
            var edited = try text(page)
            let start = try #require(edited.firstRange(of: "\n## \(first.id)")?.lowerBound)
            let end = try #require(edited.firstRange(of: "\n## \(second.id)")?.lowerBound)
            edited.removeSubrange(start..<end)
            edited = edited.replacing("Two.", with: "Two, really.\n\nSeen by Ada.")
            try write(edited, page)
            #expect(try store.commits(of: "main").map(\.step) == ["Two, really.\n\nSeen by Ada."])
            #expect(try store.logLines(of: "main", last: 1).first?.contains("was edited by hand") == true)
            _ = try store.commit(Self.draft("Three."))
            #expect(try text(page).hasPrefix(edited))
            // It does not come back by itself, and not for ever.
            #expect(try store.commits(of: "main").count == 2)
            #expect(try store.restore(String(first.id.prefix(6))).step == "One.")
            #expect(try store.commits(of: "main").count == 3)
            #expect(throws: AgentsError.self) { try store.restore(first.id) }
        }
    }

    @Test func `a commit that was not written to its end is completed by the next who looks`() async throws {
        try await Self.with { store, folder in
            _ = try store.commit(Self.draft("One."))
            let page = folder + "branches/main/commit.md"
            let before = try text(page)
            let state = try text(folder + "state.json")
            _ = try store.commit(Self.draft("Two."))
            // As if the process had ended behind the journal's line.
            try write(before, page)
            try write(state, folder + "state.json")
            #expect(try store.commits(of: "main").map(\.step) == ["One.", "Two."])
            // As if it had ended within the line.
            let journal = try text(folder + "journal.jsonl")
            try write(journal + "{\"id\": \"half", folder + "journal.jsonl")
            _ = try store.commit(Self.draft("Three."))
            #expect(try store.commits(of: "main").map(\.step) == ["One.", "Two.", "Three."])
        }
    }

    @Test func `memory that was edited into nonsense is said or read as far as it goes, and nothing is lost`()
        async throws
    {
        try await Self.with { store, folder in
            try store.branch("trial", purpose: "To try.")
            _ = try store.commit(Self.draft("One.", on: "trial"))
            for (name, bytes) in [
                ("branches/trial/commit.md", Data([0xFF, 0xFE, 0x00]) + Data("## nonsense\n".utf8)),
                ("branches/trial/metadata.yaml", Data("a: [1, {\n".utf8)),
                ("facts.md", Data("- \n- [x]\n  - source\n".utf8)),
                ("main.md", Data()), ("state.json", Data("}{".utf8)),
            ] {
                try bytes.write(to: URL(filePath: folder + name))
            }
            #expect(try store.branches().first { $0.name == "trial" }?.fault?.contains("metadata.yaml") == true)
            _ = try store.commit(Self.draft("Two.", on: "trial"))
            #expect(try store.commits(of: "trial").map(\.step).contains("Two."))
            _ = try store.facts { _ in nil }
            #expect(throws: AgentsError.self) { try store.merge("trial", author: "a test") }
            // What leads out is left alone.
            try FileManager.default.removeItem(atPath: folder + "main.md")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "main.md", withDestinationPath: folder + "../../elsewhere.md")
            try write("mine", folder + "../../elsewhere.md")
            var draft = Self.draft("Three.")
            draft.milestone = "Written outside"
            #expect(throws: AgentsError.self) { try store.commit(draft) }
            #expect(try text(folder + "../../elsewhere.md") == "mine")
        }
    }

    @Test func `branches that disagree are not merged until somebody says whose word counts`() async throws {
        try await Self.with { store, folder in
            try store.branch("trial", purpose: "To try.")
            _ = try store.commit(Self.draft("It is faster.", on: "trial"))
            for (branch, value) in [("main", "hash"), ("trial", "tree")] {
                let path = folder + "branches/\(branch)/metadata.yaml"
                try write(try text(path) + "# by hand\nindex: \(value)\nonly_\(branch): 1\n", path)
            }
            let error = #expect(throws: AgentsError.self) { try store.merge("trial", author: "a test") }
            #expect(error?.message.contains(#"index is "hash" on main and "tree" on trial"#) == true)
            #expect(try store.commits(of: "main").isEmpty)
            let merged = try store.merge("trial", preferring: .theirs, author: "a test")
            #expect(merged.merges == "trial" && merged.step.contains("It is faster."))
            let main = try #require(try store.branches().first)
            #expect(
                main.values["index"] == "tree" && main.values["only_trial"] == "1" && main.values["only_main"] == "1")
            #expect(try text(folder + "branches/main/metadata.yaml").contains("# by hand"))
            #expect(try store.branches().last?.status == "merged")
            #expect(throws: AgentsError.self) { try store.merge("trial", author: "a test") }
            // Only what is new counts the next time.
            _ = try store.commit(Self.draft("Faster still.", on: "trial"))
            #expect(
                try store.merge("trial", preferring: .ours, author: "a test").step.contains("It is faster.") == false)
        }
    }

    @Test(arguments: ["../up", "", "UPPER", ".hidden", "a/b", String(repeating: "a", count: 65)])
    func `a branch's name is no path`(name: String) async throws {
        try await Self.with { store, _ in
            #expect(throws: AgentsError.self) { try store.branch(name, purpose: "To try.") }
            #expect(throws: AgentsError.self) { try store.commit(Self.draft("One.", on: name)) }
            #expect(throws: AgentsError.self) { try store.log("line", by: "a test", on: name) }
        }
    }
}
