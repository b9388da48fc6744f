import Base
import Processes
import Testing

@Suite struct CompareCommandTests {
    /// Reads eight words of one document, and no more.
    private static let poor = """
        chunker: tokens
        chunk.size: 8
        chunk.overlap: 0
        retriever: bm25
        context.budget: 1
        """

    /// Documents and questions whose evidence is longer than eight words can hold half of.
    private static func writeLongSentences(_ neo: NeoProcess) throws {
        var rows = ""
        for name in ["oak", "elm", "ash", "yew"] {
            let sentence = (1...30).map { "\(name)\($0)" }.joined(separator: " ") + "."
            try neo.write("docs/\(name).md", "# Tree\n\n\(sentence)\n")
            rows += """
                {"id": "\(name)", "question": "Which \(name)7 has \(name)9?", "answers": [], "evidence": \
                [{"document": "\(name).md", "quote": "\(sentence)"}]}

                """
        }
        try neo.write("p/golden.jsonl", rows)
    }

    @Test func `two configurations are compared, and the words fit the numbers`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "3")
            let same = try await neo.check("compare", "winner", "winner", "p").output
            #expect(same.contains("A and B are the same configuration."))
            #expect(same.contains("A minus B: 0.000"))
            let json = try JSONValue(
                parsing: try await neo.check("compare", "trial:1", "default", "p", "--json").output)
            #expect(json["questions"]?.integer == 3)
            #expect(json["first"]?["name"]?.string == "trial:1")
            let difference = try #require(json["difference"]?["value"]?.number)
            let scores = ["first", "second"].compactMap { json[$0]?["score"]?["value"]?.number }
            #expect(abs(scores[0] - scores[1] - difference) < 1e-12)
        }
    }

    @Test func `what is worse ends with exit code 3 where that was asked for`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("poor.yaml", Self.poor)
            try Self.writeLongSentences(neo)
            let worse = try await neo.run("compare", "poor.yaml", "default", "p", "--fail-if-worse", "--json")
            let json = try JSONValue(parsing: worse.output)
            #expect(json["verdict"]?.string == "worse", "\(worse.output)")
            #expect(worse.status == 3)
            #expect(json["largest_differences"]?.array?.isEmpty == false)
            #expect(try await neo.run("compare", "default", "poor.yaml", "p", "--fail-if-worse").status == 0)
        }
    }

    @Test func `held-out questions are counted when they are opened, and not shown`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("poor.yaml", Self.poor)
            let early = try await neo.run("compare", "default", "default", "p", "--held-out")
            #expect(early.status == 1 && early.errorOutput.contains("run `neo search` first"))
            try await neo.check("search", "p", "--trials", "3")
            let none = try await neo.run("compare", "default", "default", "p", "--held-out")
            #expect(none.status == 1 && none.errorOutput.contains("neo search --holdout"))
            try await neo.check("search", "p", "--trials", "3", "--holdout")
            let onAll = try await neo.check("compare", "winner", "poor.yaml", "p").output
            #expect(onAll.contains("The winner was chosen by questions that are among these"))
            #expect(onAll.contains("Questions that the search held out are among these"))
            let fair = try await neo.check("compare", "winner", "poor.yaml", "p", "--held-out").output
            #expect(!fair.contains("was chosen by") && fair.contains("opened 2 times"))
            for openings in [3, 4] {
                let json = try JSONValue(
                    parsing: try await neo.check("compare", "poor.yaml", "default", "p", "--held-out", "--json").output)
                #expect(json["questions"]?.integer == 1)
                #expect(json["openings"]?.integer == openings)
                #expect(json["largest_differences"]?.array?.isEmpty == true)
            }
        }
    }

    @Test func `a trial that there is not is named`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "3")
            for name in ["trial:99", "trial:x"] {
                let missing = try await neo.run("compare", name, "default", "p")
                #expect(missing.status == 1)
                #expect(missing.errorOutput.contains("\(name)") && missing.errorOutput.contains("0 to 2"))
            }
        }
    }
}
