import Base
import Processes
import Testing

@Suite struct CheckCommandTests {
    @Test func `a set in order passes, without an encoder, and says what it can show`() async throws {
        try await NeoProcess.withProject { neo async throws in
            // The model that the file names is not on this machine, and need not be.
            try neo.write("p/neo.yaml", "documents: [../docs/*.md]\n")
            let check = try await neo.check("check", "p")
            #expect(check.output.contains("4 questions, 3 of them answerable; 3 of 3 quotes"))
            #expect(check.output.contains("few-unanswerable"))
            #expect(check.output.contains("in four of five comparisons"))
            let json = try JSONValue(parsing: try await neo.check("check", "p", "--json").output)
            #expect(json["findings"]?.array?.first?["kind"]?.string == "few-unanswerable")
            #expect(json["detectableDifference"]?["measured"]?.bool == false)
        }
    }

    @Test func `what must be mended ends with exit code 1`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let row = """
                {"id": "x", "question": "How hot?", "answers": ["80"], "evidence": \
                [{"document": "tea.md", "quote": "Boil it for an hour or two."}]}
                """
            try neo.write("p/golden.jsonl", NeoProcess.goldenRows + row + "\n")
            let check = try await neo.run("check", "p")
            #expect(check.status == 1)
            #expect(check.output.contains("error: unresolved: line 5: "), "\(check.output)")
        }
    }

    @Test func `after a search the difference that can be shown is measured`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", "documents: [../docs/*.md]\nencoder: none\n")
            try await neo.check("search", "p", "--trials", "4")
            let json = try JSONValue(parsing: try await neo.check("check", "p", "--json").output)
            // Where winner and default agree on every question, nothing was learnt.
            #expect(json["detectableDifference"]?["deviation"]?.number != nil)
        }
    }
}
