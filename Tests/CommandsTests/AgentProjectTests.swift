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

    /// Asks for what it may not see, in every way that the tool has.
    private static let querying = #"""
        import glob
        database = glob.glob(os.getcwd() + "/p/.neo/neo.db")[0]
        asked = [
            dict(verb="query", sql="SELECT DISTINCT 'item ' || item AS item FROM measurements ORDER BY 1"),
            dict(verb="query", sql=f"SELECT item FROM sqlite_scan('{database}', 'measurements')"),
            dict(verb="query", sql=f"SELECT content FROM read_text('{database[:-11]}golden.jsonl')"),
            dict(verb="query", sql="FROM entries"), dict(verb="query", sql="--output=p/made"),
            dict(verb="runs"), dict(verb="runs", runs=["nightly"]), dict(verb="runs", runs=["nightly", "search-"]),
            dict(verb="runs", runs=["search-"], parts=True), dict(verb="runs", runs=["--project=/"]),
        ]

        def reply(messages):
            results = [m["content"] for m in messages if m["role"] == "tool"]
            if len(results) < len(asked):
                return "Next.", [tool(f"ask-{len(results)}", "neo", **asked[len(results)])]
            return "\n=====\n".join(results), []
        """#

    @Test(
        .enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs DuckDB"),
        arguments: ["on", "off"])
    func `its queries see runs and trials, and nothing of what is held out or was written down`(walls: String)
        async throws
    {
        try await NeoProcess.withProject { neo in
            try await neo.installDuckDB()
            try await neo.check("search", "p", "--trials", "2", "--quiet", "--latency-requests", "0")
            // From now on it is kept back; it was measured before.
            try neo.write(
                "p/golden.jsonl",
                neo.read("p/golden.jsonl").replacing(#"{"id": "w","#, with: #"{"id": "w", "split": "test","#))
            try await neo.check("log", "--project", "p", "--new", "nightly", "lr=0.1")
            try await neo.check("log", "--project", "p", "--run", "nightly", "loss=0.5", "--text", "the samovar")
            #expect(try await neo.check("query", "FROM measurements", "--project", "p").output.contains(" w "))
            try await ScriptedChatServer.serving(neo, replies: Self.querying) {
                let result = try await neo.run(
                    through: ["env", "NEO_SANDBOX=\(walls)"], ["agent", "Ask.", "--folder", "p", "--quiet"])
                let seen = result.output.components(separatedBy: "\n=====\n")
                try #require(seen.count == 10, "\(seen)\(result.errorOutput)")
                #expect(seen[0].contains("item c") && seen[0].contains("item t") && !seen[0].contains("item w"))
                #expect(seen[1].contains("sqlite_scan"), "\(seen[1])")
                #expect(seen[2].contains("disabled by configuration"), "\(seen[2])")
                #expect(!seen[3].contains("samovar"))
                #expect(seen[4].contains("refuses the query"), "\(seen[4])")
                #expect(seen[5].contains("nightly") && seen[5].contains("search"), "\(seen[5])")
                #expect(seen[6].contains("loss") && !seen[6].contains("samovar"), "\(seen[6])")
                #expect(seen[7].contains("lr") && seen[7].contains("best"), "\(seen[7])")
                #expect(seen[8].contains("trial 0") && seen[8].contains("trial 1"), "\(seen[8])")
                #expect(seen[9].contains("There is no run `--project=/`"), "\(seen[9])")
            }
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/p/made"))
        }
    }

    /// Every way in which git prints what it keeps, and one that does without git.
    private static let digging = #"""
        looks = [
            "git show HEAD:golden.jsonl; git log -p --all; git stash show -p; git grep -i samo.ar HEAD",
            "git cat-file --batch-all-objects --batch --buffer; git fsck --lost-found; git archive HEAD | cat; git diff HEAD",
            "python3 -c 'import glob,zlib; [print(zlib.decompress(open(f, chr(114) + chr(98)).read())) "
            "for f in glob.glob(\".git/objects/??/*\")]'; cat .git/objects/pack/*",
            "git status",
            "git log --oneline",
        ]

        def reply(messages):
            results = [m["content"] for m in messages if m["role"] == "tool"]
            if len(results) < len(looks):
                return "Next.", [tool(f"look-{len(results)}", "shell", command=looks[len(results)])]
            return "\n=====\n".join(results), []
        """#

    @Test func `git's history does not print a held-out row, unless the user says so`() async throws {
        try await NeoProcess.withProject { neo in
            try neo.write(
                "p/golden.jsonl",
                neo.read("p/golden.jsonl").replacing(
                    #""answerable": false}"#, with: #""answerable": false, "split": "test"}"#))
            try await neo.shell(
                "cd p && git init -q && git add -A && git -c user.name=n -c user.email=e commit -qm everything")
            try await ScriptedChatServer.serving(neo, replies: Self.digging) {
                let result = try await neo.check("agent", "Dig.", "--folder", "p")
                #expect(result.errorOutput.contains("--git-history"), "\(result.errorOutput)")
                let seen = result.output.components(separatedBy: "\n=====\n")
                try #require(seen.count == 5, "\(seen)")
                #expect(
                    !result.output.contains("samovar") && !result.errorOutput.contains("samovar"), "\(result.output)")
                #expect(seen[3].contains("nothing is damaged") && seen[4].contains("nothing is damaged"), "\(seen[3])")
                let shown = try await neo.check("agent", "Dig.", "--folder", "p", "--quiet", "--git-history").output
                #expect(shown.contains("samovar") && shown.contains("everything"))
                // Without the row, history is nobody's secret.
                try await neo.shell(
                    "cd p && rm -rf .git && git init -q && git add neo.yaml && git -c user.name=n -c user.email=e commit -qm settings"
                )
                let open = try await neo.check("agent", "Dig.", "--folder", "p", "--quiet").output
                #expect(open.contains("settings") && !open.contains("samovar"), "\(open)")
            }
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
