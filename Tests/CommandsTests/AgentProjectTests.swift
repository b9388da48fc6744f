import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// An agent in a Neo project: what it sees of the questions, and what it can have Neo do.
@Suite struct AgentProjectTests {
    /// Looks in every way there is, and ends with all that it has seen.
    private static let looking = #"""
        looks = [
            ("shell", dict(command="cat golden.jsonl; grep -rh samovar . ; cat results.json | grep -c heldOut; ls -a")),
            ("read", dict(path="golden.jsonl")), ("grep", dict(pattern="samovar|moka pot want")),
            ("write", dict(path="golden.jsonl", content="{}")), ("write", dict(path="report.md", content="It is good.")),
            ("neo", dict(verb="costs")), ("neo", dict(verb="search", trials=1)),
            ("neo", dict(verb="ask", question="How many minutes does one steep green tea?")),
        ]

        def reply(messages):
            results = [m["content"] for m in messages if m["role"] == "tool"]
            if len(results) < len(looks):
                name, arguments = looks[len(results)]
                return "Next.", [tool(f"look-{len(results)}", name, **arguments)]
            return "\n=====\n".join(results), []
        """#

    @Test func `it sees the search rows, works with Neo, and forges nothing`() async throws {
        try await NeoProcess.withProject { neo in
            let kept = #""answerable": false, "split": "test"}"#
            try neo.write(
                "p/golden.jsonl",
                neo.read("p/golden.jsonl").replacing(#""answerable": false}"#, with: kept))
            let golden = try neo.read("p/golden.jsonl")
            #expect(golden.contains(kept))
            try await neo.check("search", "p", "--trials", "1", "--quiet", "--latency-requests", "0")
            let report = try neo.read("p/report.md")
            try await ScriptedChatServer.serving(neo, replies: Self.looking) {
                let result = try await neo.check("agent", "Look.", "--folder", "p", "--quiet")
                let seen = result.output.components(separatedBy: "\n=====\n")
                try #require(seen.count == 8, "\(seen)")
                #expect(seen[0].contains("How long does green tea") && !seen[0].contains("samovar"))
                #expect(seen[1].contains("What grind") && !seen[1].contains("samovar"))
                #expect(seen[2].contains("moka pot want") && !seen[2].contains("samovar"))
                #expect(
                    seen[3].contains("it is protected") && seen[4].contains("it is protected"), "\(seen[3])\n\(seen[4])"
                )
                #expect(seen[5].contains("scripted"), "\(seen[5])")
                #expect(seen[6].contains("Winner (trial 0 of 1)"), "\(seen[6])")
                #expect(seen[7].contains("Steep green tea for two minutes"), "\(seen[7])")
            }
            #expect(try neo.read("p/golden.jsonl") == golden)
            #expect(try neo.read("p/report.md").split(separator: "\n").first == report.split(separator: "\n").first)
        }
    }

    @Test func `a folder that has checks and no documents is fine for agents, and a search says what it lacks`()
        async throws
    {
        try await NeoProcess.withProject { neo in
            try neo.write("w/neo.yaml", "checks: {tests: \"test -f made\"}\n")
            let replies = #"""
                def reply(messages):
                    if any(m["role"] == "tool" for m in messages): return "Done.", []
                    return "", [tool("make", "write", path="made", content="x")]
                """#
            try await ScriptedChatServer.serving(neo, replies: replies) {
                let result = try await neo.check("agent", "Make it.", "--folder", "w")
                #expect(result.output == "Done.\n")
            }
            let search = try await neo.run("search", "w")
            #expect(
                search.status == 1 && search.errorOutput.contains("neo.yaml names no documents"),
                "\(search.errorOutput)")
        }
    }
}
