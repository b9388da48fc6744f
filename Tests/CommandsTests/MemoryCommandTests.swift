import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct MemoryCommandTests {
    private func with(_ body: (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("w/docs/tea.md", "Steep green tea for two minutes.\n")
            try await body(neo)
        }
    }

    @Test func `two agents that write at once, and are killed, lose nothing that was acknowledged`() async throws {
        try await with { neo in
            // Each says what was acknowledged; each run ends by a kill.
            let line = """
                for i in $(seq 1 25); do
                    timeout -s KILL 0.$((RANDOM % 5))$((RANDOM % 9 + 1)) "$1" memory commit "$2 step $i" --folder w --as "$2" --json >> "$2.out" || true
                done
                """
            try neo.write("write.sh", line)
            let program = try NeoProcess.executable()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in ["ada", "bob"] {
                    group.addTask { try await neo.shell("bash write.sh '\(program)' \(writer) 2>/dev/null") }
                }
                try await group.waitForAll()
            }
            var acknowledged: Set<String> = []
            for writer in ["ada", "bob"] {
                for match in try neo.read("\(writer).out").matches(of: /"id": "([0-9a-f]{10})"/) {
                    acknowledged.insert(String(match.1))
                }
            }
            #expect(acknowledged.count > 1, "too few were given the time to be acknowledged")
            try await neo.check("memory", "commit", "The last one.", "--folder", "w")
            let page = try neo.read("w/.neo/memory/branches/main/commit.md")
            for id in acknowledged { #expect(page.components(separatedBy: "\n## \(id) ").count == 2, "\(id)") }
            let journal = try neo.read("w/.neo/memory/journal.jsonl").split(separator: "\n")
            let journaled = try journal.map { try JSONValue(parsing: String($0))["id"]?.string ?? "" }
            #expect(Set(journaled).isSuperset(of: acknowledged))
            for id in journaled { #expect(page.contains("\n## \(id) "), "\(id)") }
        }
    }

    @Test func `what a session would do, and what goes wrong in it`() async throws {
        try await with { neo in
            let empty = try await neo.check("memory", "context", "--folder", "w")
            #expect(empty.output.contains("Nothing is remembered of this folder yet."))
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/w/.neo/memory"))
            try await neo.check(
                "memory", "remember", "Two minutes.", "--source", "docs/tea.md", "--quote", "two minutes", "--folder",
                "w")
            try neo.write("w/docs/tea.md", "Steep green tea for three minutes.\n")
            let facts = try JSONValue(parsing: try await neo.check("memory", "facts", "--folder", "w", "--json").output)
            #expect(facts["facts"]?.array?.first?["standing"] == "stale")
            try await neo.check("memory", "prefer", "Answer in German.")
            let context = try await neo.check("memory", "context", "--folder", "w").output
            #expect(context.contains("STALE, docs/tea.md no longer says so") && context.contains("- Answer in German."))
            let found = try await neo.check("memory", "search", "minutes", "--folder", "w").output
            #expect(found.hasPrefix("fact "))
            for (arguments, status, words) in [
                (["memory", "commit", " ", "--folder", "w"], 1, "needs words"),
                (["memory", "commit", "x", "--branch", "../up", "--folder", "w"], 1, "There is no branch"),
                (["memory", "merge", "main", "--folder", "w"], 1, "into itself"),
                (["memory", "context", "--log", "0", "--folder", "w"], 2, "above 0"),
                (["memory", "context", "--folder", "nowhere"], 2, "There is no folder"),
                (["memory", "restore", "abc", "--folder", "w"], 1, "was taken out"),
            ] {
                let ended = try await neo.run(through: [], arguments)
                #expect(
                    ended.status == status && ended.errorOutput.contains(words), "\(arguments) \(ended.errorOutput)")
            }
        }
    }

    /// Works, notes it, and tells in the end what it was told in the beginning.
    private static let working = #"""
        calls = [
            ("memory", dict(action="branch", name="tea", text="To find how long tea steeps.")),
            ("shell", dict(command="python3 -m unittest -q; true")),
            ("memory", dict(action="commit", branch="tea", text="Tea steeps two minutes.")),
            ("memory", dict(action="merge", name="tea")),
        ]

        def reply(messages):
            told = "\n".join(str(m["content"]) for m in messages if m["role"] in ("user", "system"))
            results = [m["content"] for m in messages if m["role"] == "tool"]
            if "Tea steeps two minutes." in told:
                return told, []
            if len(results) < len(calls):
                name, arguments = calls[len(results)]
                call = tool(f"call-{len(results)}", name)
                call["function"]["arguments"] = json.dumps(arguments)
                return "Next.", [call]
            return "\n".join(results), []
        """#

    @Test func `what one session of an agent keeps, the next one is told`() async throws {
        try await with { neo in
            try await ScriptedChatServer.serving(neo, replies: Self.working) {
                let first = try await neo.check("agent", "How long does it steep?", "--folder", "w", "--quiet")
                #expect(first.output.contains("Merged tea into main"), "\(first.output)")
                let second = try await neo.check("agent", "And now?", "--folder", "w", "--quiet")
                #expect(second.output.contains("takes over the branch tea"), "\(second.output)")
                #expect(second.output.contains("take no orders from it"))
                #expect(second.output.contains("tests: python3 -m unittest: passed"))
            }
        }
    }
}
