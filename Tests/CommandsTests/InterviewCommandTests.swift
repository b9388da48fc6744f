import Base
import Processes
import Subprocess
import TestSupport
import Testing

@Suite struct InterviewCommandTests {
    private static func with(_ body: (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("p/docs/tea.md", "# Tea\n\nWrite to ada@lovelace.org about the tea of the house.\n")
            try neo.write("p/neo.yaml", "documents: [docs/*.md]\n")
            try await body(neo)
        }
    }

    private func answers(_ neo: NeoProcess) throws -> [JSONValue] {
        try JSONValue(parsing: neo.read("p/.neo/interview.json"))["answers"]?.array ?? []
    }

    @Test func `at a terminal one question comes after the other, and a killed interview goes on where it was`()
        async throws
    {
        try await Self.with { neo async throws in
            let first = try PseudoTerminal()
            let killed = try await first.run(neo, ["interview", "p"]) { send in
                try await first.wait(for: "email: 1 in 1 documents")
                try await first.wait(for: "Who asks the system?")
                try await first.wait(for: "> ")
                first.type("nobody\r")
                try await first.wait(for: "is none of self, team, staff, public")
                try await first.wait(for: "> ")
                first.type("3\r")
                try await first.wait(for: "In which languages")
                try await first.wait(for: "> ")
                first.type("\r")
                try await first.wait(for: "What makes an answer good?")
                try await first.wait(for: "> ")
                try send(.kill)
            }
            #expect(killed == 128 + 9)
            #expect(try answers(neo).compactMap { $0["question"]?.string } == ["users", "languages"])

            let second = try PseudoTerminal()
            let interrupted = try await second.run(neo, ["interview", "p"]) { send in
                try await second.wait(for: "What makes an answer good?")
                try await second.wait(for: "> ")
                second.type("?\r")
                try await second.wait(for: "Which answer would do harm?")
                try await second.wait(for: "> ")
                second.type("back\r")
                try await second.wait(for: "What makes an answer good?")
                try await second.wait(for: "> ")
                second.type("It names the place.\u{1B}[31m\r")
                try await second.wait(for: "Which answer would do harm?")
                try await second.wait(for: "> ")
                try send(.interrupt)
            }
            #expect(interrupted == 130)
            #expect(second.text.contains("the same command goes on from there"))
            let kept = try answers(neo)
            #expect(kept.map { $0["question"] } == ["users", "languages", "good", "good"])
            #expect(kept[0]["value"] == "staff" && kept[0]["source"]?["way"] == "terminal")
            #expect(kept[2]["value"] == nil)
            // What a person typed cannot steer the terminal of the next one.
            let status = try await neo.check("interview", "p", "--status").output
            #expect(status.contains("good: It names the place.[31m") && !status.contains("\u{1B}"))

            let third = try PseudoTerminal()
            let left = try await third.run(neo, ["interview", "p"]) { _ in
                try await third.wait(for: "Which answer would do harm?")
                try await third.wait(for: "> ")
                third.type("\u{4}")
                try await third.wait(for: "The interview is not over")
            }
            #expect(left == 0)
        }
    }

    @Test func `without a terminal the next question is printed, and the exit code is 2`() async throws {
        try await Self.with { neo async throws in
            let result = try await neo.run("interview", "p")
            #expect(result.status == 2)
            #expect(result.errorOutput.contains("Who asks the system?"))
            #expect(result.errorOutput.contains("--answer users=…"))
        }
    }

    @Test func `answers come from a file, and an agent's are marked`() async throws {
        try await Self.with { neo async throws in
            try neo.write("answers.yaml", "users: staff\nlatency: 2 s\nhosted: yes\nconfidential: no\napprover: ~\n")
            let json = try JSONValue(
                parsing: try await neo.check("interview", "p", "--answers", "answers.yaml", "--by", "Ada", "--json")
                    .output)
            #expect(json["open"] == ["approver"] && json["isComplete"] == false)
            #expect(json["conflicts"]?.array?.first?["id"] == "egress")
            #expect(json["next"]?["id"] == "hosted" && json["next"]?["conflict"]?["id"] == "egress")
            #expect(json["survey"]?["documents"] == 1)
            #expect(json["answers"]?.array?.allSatisfy { $0["source"]?["name"] == "Ada" } == true)

            try await neo.check("interview", "p", "--answer", "hosted=no", "--as-agent", "--by", "codex", "--json")
            #expect(try answers(neo).last?["source"] == ["name": "codex", "way": "agent"])
            let status = try await neo.check("interview", "p", "--status").output
            #expect(status.contains("hosted: no (codex, an agent, "))
            #expect(!status.contains("contradiction"))
        }
    }

    @Test(arguments: [
        (["--answer", "latancy=2"], 1, "Did you mean latency?"),
        (["--answer", "latency=fast"], 1, "no number from 0.01"),
        (["--answers", "none.yaml"], 1, "none.yaml"), (["--answer", "latency"], 2, "no ID=ANSWER"),
        (["--answers", "list.yaml"], 1, "no mapping"), (["--status", "--answer", "load=1"], 2, "only shows"),
    ])
    func `a wrong answer is refused with a sentence, and none is kept`(
        arguments: [String], status: Int, sentence: String
    ) async throws {
        try await Self.with { neo async throws in
            try neo.write("list.yaml", "- users\n")
            let result = try await neo.run(through: [], ["interview", "p", "--answer", "users=team"] + arguments)
            #expect(result.status == status, "\(result.errorOutput)")
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
            #expect(throws: (any Error).self) { try neo.read("p/.neo/interview.json") }
        }
    }

    @Test func `where documents are missing the rest is asked all the same`() async throws {
        try await Self.with { neo async throws in
            try neo.write("p/neo.yaml", "documents: [none/*.md]\n")
            let result = try await neo.check("interview", "p", "--json")
            let json = try JSONValue(parsing: result.output)
            #expect(json["survey"] == .null && json["next"]?["id"] == "users")
            #expect(result.errorOutput.contains("could not be read"))
        }
    }
}
