import Base
import FoundationEssentials
import Processes
import Testing

/// Systems that are not Neo's, as a user has them: a script, and a server.
@Suite(.timeLimit(.minutes(5))) struct ExternalCommandTests {
    /// Counts its calls in `asked`, and knows all answers.
    private static let good = """
        cat > question.json
        cat question.json >> asked
        printf '{"passages": [%s, %s, %s], "answer": "maybe"}' \
            '{"document": "docs/tea.md", "text": "Steep green tea for two minutes at eighty degrees.", "score": 2}' \
            '{"text": "A moka pot  wants a fine grind and a low flame."}' '{"document": "water.md"}'
        """

    /// A project whose neo.yaml names some systems, one line each.
    static func withExternals(
        _ lines: [String], scripts: [String: String] = [:], _ body: (NeoProcess) async throws -> Void
    ) async throws {
        try await NeoProcess.withProject { neo async throws in
            let list = lines.map { "    - \($0)\n" }.joined()
            try neo.write("p/neo.yaml", "documents: [../docs/*.md]\nencoder: none\nsearch:\n  external:\n\(list)")
            for (name, script) in scripts { try neo.write("p/\(name)", script) }
            try await body(neo)
        }
    }

    private static func asked(_ neo: NeoProcess, _ name: String = "asked") -> Int {
        (try? neo.read("p/\(name)"))?.split(separator: "\n").count ?? 0
    }

    @Test func `a program is measured alone, beside the winner, and in a search`() async throws {
        try await Self.withExternals(
            ["{name: present, command: [sh, good.sh], write: [.]}"], scripts: ["good.sh": Self.good]
        ) {
            neo async throws in
            let evaluation = try JSONValue(
                parsing: try await neo.check("eval", "external:present", "p", "--junit", "j.xml", "--json").output)
            #expect(evaluation["score"]?["value"] == 1)
            #expect(evaluation["configuration"] == .null)
            #expect(evaluation["external"]?["passages"] == 9 && evaluation["external"]?["unplaced"] == 0)
            #expect(evaluation["external"]?["latency"]?["answers"] == 3)
            #expect(try neo.read("j.xml").contains("failures=\"0\""))
            let request = try JSONValue(parsing: neo.read("p/question.json"))
            #expect(request["passages"] == 100 && request["id"]?.string != nil && request["question"]?.string != nil)
            #expect(try neo.read("p/question.json").hasSuffix("}\n"))
            #expect(Self.asked(neo) == 3)

            let search = try await neo.check("search", "p", "--trials", "3", "--latency-requests", "0")
            #expect(search.output.contains("external present: 1.000"))
            #expect(search.output.contains("not distinguishable from the winner on these questions"))
            #expect(search.errorOutput.contains("external present: 3 questions asked"), "\(search.errorOutput)")
            let results = try JSONValue(parsing: neo.read("p/results.json"))
            let external = try #require(results["externals"]?.array?.first)
            #expect(external["name"] == "present" && external["score"]?["value"] == 1 && external["questions"] == 3)
            #expect(external["metrics"]?["evidence_hit@5"] == 1)
            #expect(results["winner"]?.integer != nil)
            #expect(results["timings"]?["external"]?.array?.first?["answers"] == 3)
            let report = try neo.read("p/report.md")
            #expect(report.contains("## Systems that are not Neo's") && report.contains("| present | 1.000 |"))
            #expect(report.contains("present ran inside walls") && report.contains("could change ., reached no host."))
            #expect(try neo.read("p/report.html").contains("present"))
            #expect(try JSONValue(parsing: neo.read("p/manifest.json"))["external"]?.array?.count == 1)
            #expect(Self.asked(neo) == 6)

            // What was answered is not asked again, until the script or the version changes.
            try await neo.check("search", "p", "--trials", "4", "--latency-requests", "0")
            #expect(Self.asked(neo) == 6)
            #expect(try JSONValue(parsing: neo.read("p/results.json"))["externals"]?.array?.first == external)
            try neo.write("p/good.sh", Self.good + "\n# changed\n")
            try await neo.check("search", "p", "--trials", "4", "--latency-requests", "0")
            #expect(Self.asked(neo) == 9)

            let comparison = try await neo.check("compare", "winner", "external:present", "p").output
            #expect(comparison.contains("B, external:present: 1.000"))
            let same = try JSONValue(
                parsing: await neo.check("compare", "external:present", "default", "p", "--json").output)
            #expect(same["verdict"] == "not distinguishable" && same["first"]?["configuration"] == .null)
        }
    }

    @Test func `one that is better than the winner is said to be so, and is not made the winner`() async throws {
        try await NeoProcess.withProject { neo async throws in
            var rows = ""
            var answers = ""
            for name in ["oak", "elm", "ash", "yew", "fir"] {
                let sentence = (1...30).map { "\(name)\($0)" }.joined(separator: " ") + "."
                try neo.write("docs/\(name).md", "# Tree\n\n\(sentence)\n")
                rows += """
                    {"id": "\(name)", "question": "Which \(name)7 has \(name)9?", "answers": [], "evidence": \
                    [{"document": "\(name).md", "quote": "\(sentence)"}]}

                    """
                answers += (answers.isEmpty ? "" : ", ") + "{\"text\": \"\(sentence)\"}"
            }
            try neo.write("p/golden.jsonl", rows)
            try neo.write("p/all.json", "{\"passages\": [\(answers)]}")
            try neo.write(
                "p/neo.yaml",
                """
                documents: [../docs/*.md]
                encoder: none
                search:
                  external: [{name: present, command: [cat, all.json]}]
                space: {chunker: tokens, chunk.size: 8, chunk.overlap: 0, retriever: bm25, context.budget: 1, bm25.k1: [1, 2]}

                """)
            let search = try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            #expect(search.output.contains("present is better than the winner"), "\(search.output)")
            for report in ["report.md", "report.html"] {
                #expect(try neo.read("p/\(report)").contains("is better than what this search found"))
            }
            let worse = try await neo.run("compare", "winner", "external:present", "p", "--fail-if-worse")
            #expect(worse.status == 3)
            let config = try await neo.check("export", "config", "p").output
            #expect(config.contains("chunk.size") && !config.contains("present"))
        }
    }

    @Test(
        "What is no answer is a failure of its question, counted and listed",
        arguments: [
            ("echo 'I do not know'", "is not JSON"),
            ("echo '{\"passages\": [{\"text\": \"a\", \"score\": NaN}]}'", "is not JSON"),
            ("echo nonsense >&2; printf '\\033[2J' >&2; exit 7", "ended with code 7"),
            ("head -c 1100000 /dev/zero | tr '\\0' a", "more than 1 MB"),
            (
                "printf '{\"passages\": ['; i=0; while [ $i -lt 3000 ]; do printf '{\"text\": \"a\"},'; i=$((i+1)); done; "
                    + "echo '{\"text\": \"a\"}]}'", "3001 passages"
            ),
            ("printf '{\"passages\": [{\"text\": \"a\\\\u001b[2Jb\"}]}'", "control character U+001B"),
            ("sleep 60", "did not end within 1 seconds"), ("kill -9 $$", "ended with code 137"),
        ])
    func hostile(script: String, sentence: String) async throws {
        let lines = ["{name: bad, command: [sh, bad.sh], timeout: 1s}"]
        try await Self.withExternals(lines, scripts: ["bad.sh": script]) { neo async throws in
            let result = try await neo.check("eval", "external:bad", "p")
            #expect(result.output.contains("evidence_recall 0.000"))
            #expect(result.output.contains("bad failed on 3 of 3 questions"), "\(result.output)")
            #expect(result.output.contains(sentence), "\(result.output)")
            #expect(!(result.output + result.errorOutput).contains("\u{1B}"))
        }
    }

    @Test func `a search goes on with a system that fails, and asks it again the next time`() async throws {
        let script = "cat >> asked; grep -q fixed state || exit 1; cat answer"
        try await Self.withExternals(["{name: bad, command: [sh, -c, '\(script)'], write: [.]}"]) { neo async throws in
            try neo.write("p/state", "broken")
            try neo.write("p/answer", "{\"passages\": [{\"text\": \"nowhere to be found\"}]}")
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            let report = try neo.read("p/report.md")
            #expect(report.contains("bad failed on 3 of 3 questions, which count 0."), "\(report)")
            #expect(Self.asked(neo) == 3)
            try neo.write("p/state", "fixed")
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            #expect(Self.asked(neo) == 6)
            #expect(try neo.read("p/report.md").contains("3 of 3 passages of bad stand nowhere in the documents"))
        }
    }

    @Test func `ten failures at the start end the command with the first of them`() async throws {
        try await Self.withExternals(
            ["{name: bad, command: [sh, -c, 'printf \"Traceback\\\\n\\\\033[31mno index\" >&2; exit 3']}"]
        ) { neo async throws in
            let rows = (0..<12).map { number in
                """
                {"id": "q\(number)", "question": "How long \(number)?", "evidence": [{"document": "tea.md", "quote": \
                "Steep green tea for two minutes at eighty degrees."}]}

                """
            }
            try neo.write("p/golden.jsonl", rows.joined())
            for arguments in [["search", "p", "--trials", "2"], ["eval", "external:bad", "p"]] {
                let result = try await neo.run(through: [], arguments)
                #expect(result.status == 1)
                #expect(
                    result.errorOutput.contains(
                        "bad failed on the first 10 questions. The first failure: The program sh"),
                    "\(result.errorOutput)")
                #expect(result.errorOutput.contains("ended with code 3") && result.errorOutput.contains("no index"))
                #expect(!result.errorOutput.contains("\u{1B}"))
            }
        }
    }

    @Test func `a search that is killed while it asks goes on without asking again`() async throws {
        // The fourth question hangs until the file `go` is there.
        let script = """
            cat > question.$$; cat question.$$ >> asked
            if [ $(wc -l < asked) -ge 4 ]; then while [ ! -e go ]; do sleep 0.1; done; fi
            echo '{"passages": [{"document": "tea.md"}]}'
            """
        try await Self.withExternals(["{name: slow, command: [sh, slow.sh], write: [.]}"], scripts: ["slow.sh": script])
        {
            neo async throws in
            let rows = (0..<6).map { number in
                """
                {"id": "q\(number)", "question": "How long \(number)?", "evidence": [{"document": "tea.md", "quote": \
                "Steep green tea for two minutes at eighty degrees."}]}

                """
            }
            try neo.write("p/golden.jsonl", rows.joined())
            let kill = """
                "$0" "$@" &
                while [ "$(cat p/asked 2> /dev/null | wc -l)" -lt 4 ]; do sleep 0.1; done
                kill -KILL $!
                """
            _ = try await neo.run(
                through: ["bash", "-c", kill], ["search", "p", "--trials", "2", "--latency-requests", "0"])
            #expect(Self.asked(neo) == 4)
            try neo.write("p/go", "")
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            // Three were answered; the one in flight is asked again.
            #expect(Self.asked(neo) == 7)
            #expect(try JSONValue(parsing: neo.read("p/results.json"))["externals"]?.array?.first?["questions"] == 6)
        }
    }

    @Test func `held-out questions are opened once for all, and again for one that came later`() async throws {
        try await Self.withExternals(
            ["{name: present, command: [sh, good.sh], write: [.]}"], scripts: ["good.sh": Self.good]
        ) {
            neo async throws in
            let arguments = ["search", "p", "--trials", "2", "--holdout", "--latency-requests", "0"]
            for _ in 0..<2 {
                let search = try await neo.run(through: [], arguments)
                #expect(search.status == 0 && !search.errorOutput.contains("have been opened"))
            }
            #expect(Self.asked(neo) == 3)
            let results = try JSONValue(parsing: neo.read("p/results.json"))
            #expect(results["verdict"]?["kind"] == "held-out")
            #expect(results["externals"]?.array?.first?["questions"] == 3)
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "    - {name: later, command: [cat, answer]}\n")
            try neo.write("p/answer", "{\"passages\": []}")
            for _ in 0..<2 {
                let search = try await neo.run(through: [], arguments)
                #expect(search.errorOutput.contains("have been opened 2 times"), "\(search.errorOutput)")
            }
            #expect(try neo.read("p/report.md").contains("later had no passage for 3 questions."))
            #expect(Self.asked(neo) == 3)
        }
    }

    @Test func `Neo's own server, asked as somebody else's, is worth what the same configuration is`() async throws {
        try await Self.withExternals([]) { neo async throws in
            let yaml = try neo.read("p/neo.yaml").replacing("search:\n  external:\n", with: "space: {chunk.size: 16}\n")
            try neo.write("p/neo.yaml", yaml)
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            let winner = try JSONValue(parsing: await neo.check("eval", "winner", "p", "--json").output)
            let served = try await neo.serve(["--max-passages", "1000"]) { server async throws in
                try neo.write(
                    "p/neo.yaml",
                    yaml + """
                        search:
                          external:
                            - name: served
                              url: "http://127.0.0.1:\(server.port)/v1/retrieve"
                              request: {query: "{question}", k: "{passages}"}
                              passages: 1000

                        """)
                let external = try JSONValue(parsing: await neo.check("eval", "external:served", "p", "--json").output)
                #expect(external["metrics"] == winner["metrics"])
                #expect(external["score"] == winner["score"])
                #expect(external["questions"] == winner["questions"])
                #expect(external["external"]?["unplaced"] == 0)
                let wrong = try await neo.check(
                    "eval", "external:http://127.0.0.1:\(server.port)/v1/retrieve", "p")
                #expect(wrong.output.contains("answered 422"), "\(wrong.output)")
                try server.stop()
            }
            #expect(served.status == 0)
            let gone = try await neo.check("compare", "winner", "external:served", "p")
            #expect(gone.output.contains("is the server running?"), "\(gone.output)")
        }
    }
}
