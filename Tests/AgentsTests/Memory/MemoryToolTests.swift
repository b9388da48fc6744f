import Base
import LanguageModels
import Sandbox
import TestSupport
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The memory as an agent has it, with real git inside real walls.
@Suite(.timeLimit(.minutes(3))) struct MemoryToolTests {
    private func memory(_ bench: Workbench, preferences: String? = nil) -> (context: MemoryContext, tool: MemoryTool) {
        let code = MemoryCode.git(bench.sandbox, workspace: bench.folder)
        let context = MemoryContext(
            MemoryStore(workspace: bench.folder), code: code, preferences: preferences
        ) { [files = bench.files] path in
            (try? files.read(files.absolute(path), limit: 1 << 20)).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        return (context, MemoryTool(context, code: code, author: "agent s"))
    }

    private func git(_ bench: Workbench, _ script: String) async throws {
        let result = try await bench.sandbox.run(
            [
                "/bin/sh", "-ec",
                "export HOME=/tmp GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a; "
                    + script,
            ], under: SandboxPolicy(writable: [bench.folder], directory: bench.folder))
        try #require(result.status == 0, "\(result.errorOutput)")
    }

    @Test func `a commit tells how far the code has gone since it was true`() async throws {
        try await Workbench.with { bench in
            try bench.write("one\n", "a.txt")
            try await git(bench, "git init -q; git add -A; git commit -qm one")
            let (context, tool) = memory(bench)
            let made = try await bench.call(tool, ["action": "commit", "text": "It works.", "milestone": "First"])
            #expect(!made.isError, "\(made.text)")
            #expect(try await context.project().contains("nothing changed since"))
            try bench.write("two\n", "a.txt")
            try bench.write("new\n", "b.txt")
            let now = try await bench.call(tool, ["action": "context"])
            #expect(now.text.contains("2 files changed since") && now.isTainted)
            #expect(now.text.contains("First (main, "))
            // Where history was written anew, that is said.
            try await git(
                bench,
                "git checkout -q --orphan other; git commit -qm two; git branch -D master main 2>/dev/null || true; "
                    + "git reflog expire --expire=now --all; git gc -q --prune=now")
            #expect(try await context.project().contains("which is no longer in this repository"))
        }
    }

    @Test func `it holds to what all tools have to hold to, and every action answers`() async throws {
        try await Workbench.with { bench in
            try bench.write("Tea is green.\n", "tea.md")
            let (_, tool) = memory(bench)
            let samples: [[String: JSONValue]] = [
                ["action": "context"], ["action": "commit", "text": "One.\u{1B}", "so_far": "Much."],
                ["action": "branch", "name": "trial", "text": "To try."], ["action": "log", "text": "A line."],
                ["action": "commit", "text": "Two.", "branch": "trial"],
                ["action": "merge", "name": "trial", "text": "It came to two."], ["action": "context", "lines": 5],
                ["action": "context", "branch": "trial"], ["action": "search", "text": "came to"],
                ["action": "remember", "text": "Tea is green.", "source": "tea.md", "quote": "Tea is green."],
                ["action": "search", "text": "zebra"],
            ]
            for sample in samples {
                let outcome = try await bench.call(tool, sample)
                #expect(!outcome.isError, "\(sample) \(outcome.text)")
            }
            for wrong in [["action": "commit"], ["action": "merge", "name": "none"], ["action": "forget", "id": "z"]] {
                #expect(try await bench.call(tool, wrong.mapValues { .string($0) }).isError)
            }
            // What the walls hide is no source: whether it says something would be told.
            let hidden = try await bench.call(
                tool, ["action": "remember", "text": "x", "source": ".neo/memory/main.md", "quote": "Goals"])
            #expect(hidden.isError)
            let violations = await ToolConformance(tool, samples: samples, outputFolder: bench.outputs).violations()
            #expect(violations == [], "\(violations)")
        }
    }

    @Test func `the source of context conforms, and names what is stale`() async throws {
        try await Workbench.with { bench in
            let (context, _) = memory(bench)
            let store = context.store
            _ = try store.commit(MemoryStoreTests.draft("One."))
            try await ContextSourceConformance.check(
                MemorySource(context), change: { _ = try store.commit(MemoryStoreTests.draft("Two.")) },
                flood: {
                    for _ in 0..<6 {
                        _ = try store.commit(MemoryStoreTests.draft(String(repeating: "é ", count: 9000)))
                    }
                },
                clear: { try FileManager.default.removeItem(atPath: bench.folder + "/.neo") })
        }
    }

    @Test func `the hook notes what was done and how tests ended, where there is a memory`() async throws {
        try await Workbench.with { bench in
            let store = MemoryStore(workspace: bench.folder)
            let hook = MemoryHook(store)
            func answer(_ command: String, isError: Bool) async throws {
                let call = ToolCall(id: "1", name: "shell", arguments: #"{"command": "\#(command)"}"#)
                let event = HookEvent.afterTool(call, ToolEnd(callID: "1", text: "", isError: isError))
                guard hook.wants(event) else { return }
                #expect(try await hook.answer(to: event, session: "s", workspace: bench.folder) == .proceed(""))
            }
            try await answer("swift test", isError: false)
            #expect(!store.exists)
            _ = try store.commit(MemoryStoreTests.draft("One."))
            try await answer("cd a && swift test --quiet", isError: true)
            let commit = try store.commit(MemoryStoreTests.draft("Two."))
            #expect(commit.tests?.result == "swift test: failed")
            #expect(
                try store.logLines(of: "main", last: 9).contains {
                    $0.hasSuffix("shell cd a && swift test --quiet → failed")
                })
            #expect(await HookConformance(hook, workspace: bench.folder).violations() == [])
        }
    }
}
