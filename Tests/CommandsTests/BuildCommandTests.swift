import Base
import Foundation
import Processes
import TestSupport
import Testing

/// From an approved document to a built milestone, as a user does it.
@Suite struct BuildCommandTests {
    private static let requirements = """
        # Requirements

        ## Requirements

        ### R1

        When a question comes, the service shall answer within 5 s.

        - metric: latency p95
        - test: ≤ 5 s
        - measured by: golden questions
        - source: Ada

        """

    @Test func `what is not approved is not searched, unless it is said and then stated`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.requirements)
            let refused = try await neo.run("search", "p", "--trials", "1")
            #expect(refused.status == 3 && refused.errorOutput.contains("requirements.md is not approved yet"))
            #expect(try await neo.run("serve", "p", "--port", "0").status == 3)
            #expect(try await neo.run("design", "p").status == 3)
            // Nobody can be asked here.
            let asked = try await neo.run("approve", "requirements", "p")
            #expect(asked.status == 2 && asked.errorOutput.contains("There is no terminal to ask at"))

            try await neo.check("search", "p", "--trials", "1", "--latency-requests", "0", "--unapproved")
            #expect(try neo.read("p/report.md").contains("requirements.md, which nobody had approved"))

            try await neo.check("approve", "requirements", "p", "--yes", "--by", "Ada")
            try await neo.check("search", "p", "--trials", "1", "--latency-requests", "0")
            #expect(try neo.read("p/report.md").contains("approved by --yes, so nobody read it"))

            // A later change voids it, and is told by its fields.
            try neo.write("p/requirements.md", Self.requirements.replacing("≤ 5 s", with: "≤ 7 s"))
            let changed = try await neo.run("search", "p", "--trials", "1")
            #expect(changed.status == 3 && changed.errorOutput.contains("R1 threshold: 5 -> 7"))
        }
    }

    @Test func `requirements with findings are approved only by who says so`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.requirements.replacing("within 5 s", with: "quickly"))
            let refused = try await neo.run("approve", "requirements", "p", "--yes")
            #expect(refused.status == 3 && refused.errorOutput.contains("To be mended:"))
            try await neo.check("approve", "requirements", "p", "--yes", "--despite-findings")
        }
    }

    @Test func `a build stops at a gate with what can be done, and goes on from there`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.requirements)
            try await neo.check("approve", "requirements", "p", "--yes", "--by", "Ada")
            let design = try await neo.check("design", "p")
            #expect(design.output.contains("M4 The service: failed questions = 0; R1"))
            #expect(try await neo.run("build", "p").status == 3, "the design is not approved")
            // Fewer trials, so that the test is short; an edited design is not written over.
            try neo.write(
                "p/design.md",
                try neo.read("p/design.md").replacing("- trials: 24", with: "- trials: 3")
                    .replacing("- gate: R1\n", with: ""))
            let kept = try await neo.run("design", "p")
            #expect(kept.status == 1 && kept.errorOutput.contains("was edited since it was drawn up"))
            try await neo.check("approve", "design", "p", "--yes", "--by", "Ada")

            let stopped = try await neo.run("build", "p")
            #expect(stopped.status == 3)
            #expect(stopped.output.contains("✗ M1 The questions: answerable questions: 3, and ≥ 20 is wanted."))
            #expect(stopped.output.contains("neo golden propose"))
            let wrong = try await neo.run("build", "p", "--accept", "M3", "--because", "no")
            #expect(wrong.status == 1 && wrong.errorOutput.contains("M3 has not failed"))

            let built = try await neo.check("build", "p", "--accept", "M1", "--because", "a trial run", "--json")
            let json = try JSONValue(parsing: built.output)
            #expect(json["done"] == true && json["stopped"] == .null)
            let milestones = try #require(json["milestones"]?.array)
            #expect(milestones.map { $0["state"]?.string } == ["passed", "passed", "passed", "passed"])
            #expect(milestones[0]["report"]?["acceptance"]?["reason"] == "a trial run")
            #expect(milestones[3]["report"]?["figures"]?["failed questions"] == 0)

            // Nothing is done twice, and other questions are another task.
            #expect(try await neo.check("build", "p").errorOutput.contains("M1 The questions …") == false)
            let rows = try neo.read("p/golden.jsonl")
            try neo.write(
                "p/golden.jsonl", rows.replacing("How long does green tea stay", with: "How long is green tea"))
            #expect(try await neo.check("build", "p", "--status").output.hasPrefix("○ M1 The questions"))
        }
    }

    @Test func `a build that is killed again and again comes to its end`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("design", "p")
            try neo.write(
                "p/design.md",
                try neo.read("p/design.md").replacing("- trials: 24", with: "- trials: 4")
                    .replacing("- gate: answerable questions ≥ 20\n", with: ""))
            try await neo.check("approve", "design", "p", "--yes")
            var kills = 0
            for attempt in 1...8 {
                let ended = try await neo.run(
                    through: ["timeout", "-s", "KILL", "\(0.05 * Double(attempt))"], ["build", "p"])
                if ended.status != 0 { kills += 1 }
            }
            let built = try JSONValue(parsing: try await neo.check("build", "p", "--json").output)
            #expect(built["done"] == true && kills > 0)
            // One search, whose trials are there once.
            let results = try JSONValue(parsing: try neo.read("p/results.json"))
            #expect(results["trials"]?.array?.compactMap { $0["number"]?.integer } == [0, 1, 2, 3])
        }
    }

    @Test func `neo run goes from a sentence to what a gate stops, and goes on from there`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let goal = "Answer questions about <tea> & \u{1B}[31mcoffee"
            // Nobody can be asked: it ends where a person is needed, with the command to give.
            let asked = try await neo.run(
                "run", goal, "--documents", "docs/*.md", "--golden", "questions.jsonl", "--encoder", "none")
            #expect(asked.status == 3 && asked.output.contains("The interview has"), "\(asked.errorOutput)")
            #expect(asked.errorOutput.contains("neo run ") && asked.errorOutput.contains("answer-questions-about-tea"))
            let folder = "answer-questions-about-tea"
            #expect(try neo.read("\(folder)/neo.yaml").contains("goal: "))
            let twice = try await neo.run("run", goal, "--documents", "docs/*.md")
            #expect(twice.status == 2 && twice.errorOutput.contains("There is a project in"))

            let stopped = try await neo.run("run", folder, "--yes", "--by", "Ada", "--trials", "3", "--json")
            let json = try JSONValue(parsing: stopped.output)
            #expect(stopped.status == 3 && json["step"] == "stopped" && json["done"] == false)
            #expect(json["milestones"]?.array?.first?["state"] == "failed", "3 questions are few")
            let interview = try JSONValue(parsing: try neo.read("\(folder)/.neo/interview.json"))
            #expect(interview["answers"]?.array?.allSatisfy { $0["source"]?["way"] == "automated" } == true)
            let requirements = try neo.read("\(folder)/requirements.md")
            // The goal is there as text, and nothing else.
            #expect(requirements.contains("about \\<tea>") && !requirements.contains("\u{1B}"))
            #expect(try await neo.check("spec", "check", folder).output.contains("all in order"))
            let spec = try JSONValue(parsing: try neo.read("\(folder)/spec.json"))
            #expect(spec["phase"] == "design-approved" && spec["approvals"]?["design"]?["how"] == "automated")

            let built = try await neo.run(
                "build", folder, "--accept", "M1", "--because", "a trial", "--trials", "3", "--quiet")
            #expect(built.status == 3 && built.output.contains("✗ M3 The search: R1 is undetermined"))
        }
    }

    @Test func `neo run asks at a terminal, and builds what was approved there`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let terminal = try PseudoTerminal()
            let line = [
                "run", "Answer questions about tea", "--documents", "docs/*.md", "--golden", "questions.jsonl",
                "--folder", "q", "--encoder", "none", "--by", "Ada", "--trials", "3",
            ]
            let status = try await terminal.run(neo, line) { _ in
                // Enter takes what is suggested; who approves is nobody's suggestion.
                while true {
                    try await terminal.wait(for: "> ")
                    if terminal.text.contains("Who approves the requirements?") { break }
                    terminal.type("\r")
                }
                terminal.type("Ada\r")
                try await terminal.wait(for: "[evidence_hit@5 ≥ 80 %]")
                try await terminal.wait(for: "Approve it as Ada? [y/N] ")
                terminal.type("y\r")
                try await terminal.wait(for: "M1  The questions: answerable questions ≥ 20")
                try await terminal.wait(for: "Approve it as Ada? [y/N] ")
                // Three questions are few: the gate is the person's to set. What was shown is not approved then.
                let design = try neo.read("q/design.md")
                try neo.write(
                    "q/design.md", design.replacing("answerable questions ≥ 20", with: "answerable questions ≥ 3"))
                terminal.type("y\r")
                try await terminal.wait(for: "design.md changed while you were reading")
                try await terminal.wait(for: "Approve it as Ada? [y/N] ")
                terminal.type("y\r")
                try await terminal.wait(for: "✓ M2 The default, measured")
                try await terminal.wait(for: "R1 is undetermined")
            }
            #expect(status == 3)
            let spec = try JSONValue(parsing: try neo.read("q/spec.json"))
            #expect(
                spec["approvals"]?["requirements"]?["how"] == "terminal" && spec["ready_for_implementation"] == true)
            // The verdict is followed to its rows.
            let told = try JSONValue(parsing: try await neo.check("status", "q", "R1", "--json").output)
            #expect(told["verdict"] == "undetermined" && told["count"] == 3 && told["query"]?.string != nil, "\(told)")
        }
    }

    @Test func `wrong input gets a sentence`() async throws {
        try await NeoProcess.withProject { neo async throws in
            for (line, sentence) in [
                (["approve", "requirements", "p"], "There is no requirements.md"),
                (["build", "p"], "There is no design.md"), (["build", "p", "--status"], "There is no design.md"),
                (["approve", "plans", "p"], "plans"), (["build", "p", "--accept", "M1"], "go together"),
                (["amend", " ", "p"], "Say the change"),
                (["run", "Answer", "--documents", "none/*.md"], "No document matches"),
            ] {
                let result = try await neo.run(through: [], line)
                #expect(result.status != 0 && result.errorOutput.contains(sentence), "\(line): \(result.errorOutput)")
            }
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/answer"), "nothing is made of it")
            try neo.write("p/design.md", "## Milestones\n\n### M1 A\n\n- does: fly\n")
            let result = try await neo.run("build", "p", "--unapproved")
            #expect(result.status == 1 && result.errorOutput.contains("design.md:5: a milestone does one of"))
        }
    }
}
