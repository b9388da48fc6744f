import Base
import Processes
import TestSupport
import Testing

@Suite struct SpecCommandTests {
    private static let sound = """
        # Requirements

        ## Requirements

        ### R1

        When a question comes, the service shall answer within 800 ms.

        - metric: latency p95
        - test: ≤ 800 ms
        - measured by: 200 golden questions, one at a time
        - source: Ada, interview

        """

    private static let faulty =
        sound + """

            ### R2

            If a question comes, the service shall answer quickly and politely.

            - metric: recall at 10
            - test: ≥ 95

            ### R3 \u{1B}[31m

            When a question comes, the service shall answer within 1 s.

            - metric: latency p95
            - test: > 1 s
            - measured by: 200 golden questions
            - source: Bob

            """

    @Test func `Requirements that are in order pass, and nothing is written`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.sound)
            let before = try neo.files(below: "p")
            let result = try await neo.check("spec", "check", "p")
            #expect(result.output == "1 requirement in requirements.md: all in order.\n")
            let json = try JSONValue(parsing: try await neo.check("spec", "check", "p", "--json").output)
            #expect(json["in_order"] == true && json["findings"] == [])
            #expect(json["requirements"]?.array?.first?["form"] == "event")
            #expect(try neo.files(below: "p") == before)
        }
    }

    @Test func `What is found is told as it was looked at, with exit code 3`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.faulty)
            let result = try await neo.run("spec", "check", "p")
            #expect(result.status == 3 && result.errorOutput.contains("requirements.md is not in order: "))
            if let difference = try GoldenFile("spec/check.txt", beside: #filePath).difference(from: result.output) {
                Issue.record("\(difference)")
            }
            let json = try await neo.run("spec", "check", "p", "--json")
            let rules = try JSONValue(parsing: json.output)["findings"]?.array?.compactMap { $0["rule"]?.string }
            #expect(json.status == 3 && rules?.last == "contradiction")
        }
    }

    @Test func `A file that is missing or cannot be read ends with 1 and a sentence`() async throws {
        try await NeoProcess.withProject { neo async throws in
            for command in ["check", "diff", "write"] {
                let result = try await neo.run("spec", command, "p")
                #expect(result.status == 1 && result.output.isEmpty)
                #expect(result.errorOutput.contains("There is no \(neo.folder)/p/requirements.md."))
            }
        }
    }

    @Test func `An edit is told by its fields`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/requirements.md", Self.sound)
            try await neo.check("spec", "write", "p")
            #expect(
                try await neo.check("spec", "diff", "p").output
                    == "Nothing changed since requirements.json was written.\n")
            try neo.write("p/requirements.md", Self.sound.replacing("≤ 800 ms", with: "< 1 s"))
            let result = try await neo.check("spec", "diff", "p")
            #expect(result.output == "R1 operator: <= -> <\nR1 threshold: 800 -> 1\nR1 unit: ms -> s\n")
            let json = try JSONValue(parsing: try await neo.check("spec", "diff", "p", "--json").output)
            #expect(json["differences"]?.array?.map { $0["field"]?.string } == ["operator", "threshold", "unit"])
        }
    }

    @Test func `An interview ends in requirements, and an edit of them is not lost`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let nothing = try await neo.run("spec", "draft", "p")
            #expect(nothing.status == 1 && nothing.errorOutput.contains("Nothing was answered yet"))
            try neo.write(
                "answers.yaml",
                """
                users: team
                languages: en
                good: "It says \\"shall\\" and <!-- hides -->"
                bad: "# One that lies"
                followups: no
                changes: daily
                freshness: ~
                confidential: no
                rules: none
                load: 10
                latency: 2
                cost: 0
                accuracy: 80
                unsure: nearest
                harm: wrong
                place: laptop
                hosted: no
                approver: Ada
                """)
            let ended = try await neo.check("interview", "p", "--answers", "answers.yaml", "--by", "Ada", "--json")
            let draft = try JSONValue(parsing: ended.output)["draft"]
            #expect(draft?["outcome"] == "written" && draft?["requirements"] == 11)
            #expect(
                try await neo.check("spec", "check", "p").output
                    == "11 requirements in requirements.md: all in order.\n")
            #expect(
                try await neo.check("spec", "draft", "p").output.hasPrefix(
                    "requirements.md says what the interview says"))

            let text = try neo.read("p/requirements.md")
            #expect(text.contains("- source: interview, latency (Ada, 2"))
            try neo.write(
                "p/requirements.md",
                text.replacing("for 80 % of such", with: "for 85 % of such").replacing("≥ 80 %", with: "≥ 85 %"))
            let left = try await neo.run("interview", "p", "--answer", "latency=3", "--by", "Ada")
            #expect(left.status == 0 && left.errorOutput.contains("was edited since Neo drafted it"))
            let refused = try await neo.run("spec", "draft", "p")
            #expect(refused.status == 1 && refused.output.contains("R2 threshold: 2 -> 3"))
            #expect(refused.errorOutput.contains("--replace"))
            let merged = try await neo.check("spec", "draft", "p", "--replace", "--json")
            #expect(try JSONValue(parsing: merged.output)["outcome"] == "written")
            let now = try neo.read("p/requirements.md")
            #expect(now.contains("≥ 85 %") && now.contains("≤ 3 s"))
        }
    }
}
