import Base
import Processes
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct StatusCommandTests {
    private static func requirements(latency: String = "60 s", hit: String = "1 %") -> String {
        """
        # Requirements

        ## Requirements

        ### R1

        When a question comes, the service shall return its evidence for \(hit) of questions.

        - metric: evidence_hit@5
        - test: ≥ \(hit)
        - measured by: neo search
        - source: Ada

        ### R2

        When a question comes, the service shall answer within \(latency) for 95 % of questions.

        - metric: latency p95
        - test: ≤ \(latency)
        - measured by: neo search
        - source: Ada

        ### R3

        When a question comes, the service shall answer it for no more than 1 ¢.

        - metric: cost
        - test: ≤ 1 ¢ per query
        - measured by: neo search
        - source: Ada

        ### R4

        If the documents do not answer a question, then the service shall say so for 50 % of such questions.

        - metric: abstention_recall
        - test: ≥ 50 %
        - measured by: neo eval winner --answers
        - source: Ada

        ### R5

        When a document changes, the service shall answer from its new text within 24 h.

        - metric: staleness
        - test: ≤ 24 h
        - measured by: neo log
        - source: Ada

        """
    }

    private static func verdicts(_ neo: NeoProcess, _ command: String = "status") async throws -> [String: JSONValue] {
        let result = try await neo.run(command, "p", "--json")
        let list = try JSONValue(parsing: result.output)["verdicts"]?.array ?? []
        return Dictionary(list.map { ($0["id"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `Before anything was measured nothing is claimed`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let empty = try await neo.check("status", "p")
            #expect(empty.output.contains("There are no requirements yet: neo interview"))
            let gate = try await neo.run("gate", "p")
            #expect(gate.status == 3 && gate.errorOutput.contains("there is no requirements.md that can be read"))
            try neo.write("p/requirements.md", Self.requirements())
            let before = try neo.files(below: "p")
            let verdicts = try await Self.verdicts(neo)
            #expect(verdicts.values.allSatisfy { $0["verdict"] == "not measured" && $0["value"] == .null })
            #expect(verdicts["R1"]?["sentence"]?.string?.contains("run neo search") == true)
            #expect(verdicts["R5"]?["sentence"]?.string?.contains("neo log") == true)
            #expect(try await neo.run("gate", "p").status == 0)
            #expect(try await neo.run("gate", "p", "--strict").status == 3)
            #expect(try neo.files(below: "p") == before, "looking writes nothing")
        }
    }

    @Test func `A search gives values that are followed to their rows, and an edit makes them stale`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.requirements(hit: "1 %"))
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "100", "--unapproved")
            try await neo.check("eval", "winner", "p", "--answers")
            let run =
                try await neo.check("log", "--new", "freshness", "--project", "p").output
                .split(separator: "\n").first.map(String.init) ?? ""
            try await neo.check("log", "--run", run, "staleness=30", "--project", "p")
            var verdicts = try await Self.verdicts(neo)
            #expect(verdicts["R1"]?["rows"] == 3 && verdicts["R1"]?["count"] == 3)
            #expect(verdicts["R1"]?["query"]?.string?.contains("FROM measurements WHERE study = '") == true)
            // Three questions that chose the configuration show little, and no met.
            #expect(verdicts["R1"]?["verdict"] == "undetermined")
            #expect(verdicts["R2"]?["verdict"] == "met" && verdicts["R2"]?["of"] == "request")
            #expect(verdicts["R3"]?["verdict"] == "met" && verdicts["R3"]?["value"] == 0)
            #expect(verdicts["R4"]?["count"] == 1 && verdicts["R4"]?["basis"] == "answers")
            #expect(verdicts["R5"]?["verdict"] == "not met" && verdicts["R5"]?["value"] == 30)
            #expect(verdicts["R5"]?["run"] == .string(run))
            // A second later it says the same: having looked at a value makes it no older.
            try await neo.shell("sleep 1.1")
            #expect(try await Self.verdicts(neo)["R5"]?["verdict"] == "not met")

            let gate = try await neo.run("gate", "p", "--json")
            #expect(gate.status == 3 && gate.errorOutput.contains("not met: R5"))
            #expect(try JSONValue(parsing: gate.output)["passes"] == false)

            let one = try await neo.check("status", "p", "R1").output
            #expect(one.contains("R1: When a question comes") && one.contains("neo query \"SELECT item"))
            #expect(one.contains("neo dashboard: /p/p-"))
            let wrong = try await neo.run("status", "p", "R9")
            #expect(wrong.status == 1 && wrong.errorOutput.contains("There is no requirement R9"))

            // A threshold that was chosen with the value in sight is no test.
            try neo.write("p/requirements.md", Self.requirements(latency: "59 s"))
            verdicts = try await Self.verdicts(neo)
            #expect(verdicts["R2"]?["verdict"] == "stale" && verdicts["R3"]?["verdict"] == "met")
            #expect(
                verdicts["R2"]?["sentence"]?.string?.contains("before the requirement said what it says now") == true)
            let check = try await neo.run("spec", "check", "p")
            #expect(check.status == 3 && check.output.contains("R2: ") && check.output.contains("[measured]"))
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "100", "--unapproved")
            verdicts = try await Self.verdicts(neo)
            #expect(verdicts["R2"]?["verdict"] == "met")
            try await neo.check("spec", "check", "p")

            // The documents vanish: nothing that was measured on them says anything now.
            try await neo.shell("rm docs/*.md")
            verdicts = try await Self.verdicts(neo)
            #expect(verdicts["R3"]?["verdict"] == "stale")
            #expect(verdicts["R3"]?["sentence"]?.string?.contains("the documents, which cannot be read now") == true)
        }
    }

    @Test func `Nonsense in a requirement is told, and moves no terminal`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let text =
                "## Requirements\n\n### R\u{1B}[31m'; DROP TABLE verdicts; --\n\nBe good.\n\n- metric: \u{1B}[2Jm'\"\n- test: ≥ 1 furlong\n"
            try neo.write("p/requirements.md", text)
            try await neo.check("search", "p", "--trials", "1", "--latency-requests", "0", "--unapproved")
            let status = try await neo.check("status", "p")
            #expect(!status.output.contains("\u{1B}") && status.output.contains("not measured"))
            let json = try JSONValue(parsing: try await neo.check("status", "p", "--json").output)
            #expect(json["requirements"]?["findings"]?.array?.isEmpty == false)
            try neo.write("p/requirements.md", "\u{0}")
            #expect(try await neo.run("gate", "p").status == 3)
        }
    }
}
