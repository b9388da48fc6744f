import Base
import Processes
import Testing

@Suite struct SearchCommandTests {
    @Test func `a search finds a winner, and every other command can use it`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let search = try await neo.check("search", "p", "--trials", "6", "--json")
            let results = try JSONValue(parsing: search.output)
            #expect(results["trials"]?.array?.count == 6)
            #expect(results["verdict"]?["kind"] == "search")
            #expect(results["verdict"]?["questions"] == 3)
            #expect(results["corpus"]?["unanswerable"] == 1)

            #expect(results["baselines"]?.array?.map { $0["sampler"]?.string } == ["random"])

            let report = try await neo.check("report", "p")
            #expect(report.output.contains("evidence_recall"))
            #expect(try neo.read("p/report.md").contains("evidence_recall"))
            #expect(try neo.read("p/report.html").contains("<svg"))

            let trec = try await neo.check("export", "trec", "p").output
            #expect(trec.split(separator: "\n").first?.split(separator: " ").count == 6)
            #expect(try await neo.check("export", "csv", "p").output.split(separator: "\n").count == 7)
            #expect(try await neo.check("export", "jsonl", "p").output.split(separator: "\n").count == 3)

            try await neo.check("export", "config", "p", "--to", "winner.yaml")
            let evaluation = try await neo.check("eval", "winner.yaml", "p", "--junit", "j.xml", "--json").output
            #expect(try JSONValue(parsing: evaluation)["score"]?["value"] == results["verdict"]?["winner"]?["value"])
            #expect(try neo.read("j.xml").contains("tests=\"3\""))

            let answers = try JSONValue(parsing: await neo.check("eval", "winner", "p", "--answers", "--json").output)
            #expect(answers["figures"]?["answer_found"]?.number ?? 0 > 0.6)
            #expect(answers["questions"]?.array?.count == 4)
            #expect(try await neo.run("eval", "winner", "p", "--answers", "--fail-under", "1").status == 2)

            let answer = try await neo.check("ask", "How long do I steep green tea?", "p").output
            #expect(answer.contains("two minutes"))
            #expect(answer.contains("tea.md:"))
        }
    }

    @Test func `with ten questions and no more the number is cross-fitted, and trials are compared`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let things = [
                "harbour", "violin", "glacier", "saddle", "lantern", "orchard", "compass", "turbine", "mosaic",
                "falcon",
            ]
            try neo.write(
                "docs/things.md", "# Things\n\n" + things.map { "The \($0) costs \($0.count) coins.\n\n" }.joined())
            let rows = things.map { thing -> String in
                let evidence: JSONValue = ["document": "things.md", "quote": .string("The \(thing) costs")]
                let row: JSONValue = [
                    "id": .string(thing), "question": .string("\(thing) price?"), "evidence": .array([evidence]),
                ]
                return row.canonicalText + "\n"
            }
            try neo.write("p/golden.jsonl", rows.joined())
            let results = try JSONValue(parsing: await neo.check("search", "p", "--trials", "6", "--json").output)
            #expect(results["verdict"]?["kind"] == "cross-fitted")
            #expect(results["inference"]?["trials"]?.array?.count == 6)
            #expect(try neo.read("p/report.md").contains("Compared with the best"))
            #expect(try neo.read("p/report.md").contains("cross-fitted"))
        }
    }

    @Test func `a search that was killed again and again ends with the same results as one that was not`() async throws
    {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "12")
            let undisturbed = try neo.results(at: "p/results.json")
            try await neo.check("new", "q", "--documents", "docs/*.md", "--golden", "questions.jsonl")
            try neo.write("q/neo.yaml", try neo.read("p/neo.yaml"))
            var generator = SplitMix64(seed: 7)
            for _ in 0..<30 {
                let seconds = 0.005 + 0.08 * generator.nextUnit()
                _ = try await neo.run(
                    through: ["timeout", "-s", "KILL", "\(seconds)"], ["search", "q", "--trials", "12"])
            }
            try await neo.check("search", "q", "--trials", "12")
            #expect(try neo.results(at: "q/results.json") == undisturbed)
        }
    }

    @Test func `an objective at a fixed depth is refused over several chunkings unless it is allowed`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "objective: evidence_hit@5\n")
            let refused = try await neo.run("search", "p", "--trials", "2")
            #expect(refused.status == 1)
            #expect(refused.errorOutput.contains("--allow-fixed-k") && refused.errorOutput.contains("`chunk.size`"))
            try await neo.check("search", "p", "--trials", "2", "--allow-fixed-k")
            try neo.write(
                "p/neo.yaml", yaml + "objective: evidence_hit@5\nspace: {chunker: structure, chunk.size: 128}\n")
            try await neo.check("search", "p", "--trials", "2")
        }
    }

    @Test func `a score under the gate ends with exit code 3`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.run("eval", "default", "p", "--fail-under", "1.1")
            #expect(result.status == 3)
            #expect(result.errorOutput.contains("--fail-under"))
        }
    }
}
