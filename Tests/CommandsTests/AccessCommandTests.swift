import Base
import Engineer
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo access` and `neo forget` as their user meets them.
@Suite(.timeLimit(.minutes(3))) struct AccessCommandTests {
    private static let rules = """

        access:
          documents:
            - match: "water.md"
              groups: [staff]
            - match: "**"
              groups: [everyone]

        """

    private static func withRules(_ body: (NeoProcess) async throws -> Void) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", try neo.read("p/neo.yaml") + rules)
            try await body(neo)
        }
    }

    private static func key(_ neo: NeoProcess, _ name: String, _ more: String...) async throws -> String {
        let result = try await neo.run(through: [], ["access", "keys", "add", name, "p", "--json"] + more)
        try #require(result.status == 0, "\(result.errorOutput)")
        return try #require(try JSONValue(parsing: result.output)["key"]?.string)
    }

    @Test(
        "What makes no sense is told",
        arguments: [
            (["access", "keys", "add", "a", "p", "--scopes", "anwser"], 2, "Did you mean answer?"),
            (["access", "keys", "add", "a", "p", "--groups", "HR"], 2, "is no name of a group"),
            (["access", "keys", "add", " ", "p"], 2, "needs a name"),
            (["access", "keys", "add", "a", "p", "--per-minute", "0"], 2, "--per-minute takes 1"),
            (["access", "keys", "add", "a", "p", "--expires", "soon"], 2, "--expires takes a time"),
            (["access", "keys", "add", "a", "p", "--expires", "2020-01-01"], 2, "is over already"),
            (["access", "keys", "revoke", "nobody", "p"], 1, "There is no key nobody"),
            (["access", "who", "nothing.md", "p"], 1, "has no document nothing.md"),
            (["access", "sees", "nobody", "p"], 1, "The groups are everyone, staff"),
            (["access", "log", "p"], 1, "has no audit log yet"),
            (["access", "log", "p", "--head", "3"], 2, "--head goes with --verify"),
            (["access", "log", "p", "--verify", "--head", "3"], 2, "64 hexadecimal digits"),
            (["forget", "al", "p"], 1, "fewer than three letters"),
            (["serve", "p", "--groups", "Staff!"], 2, "is no name of a group"),
        ])
    func wrong(arguments: [String], status: Int, sentence: String) async throws {
        try await Self.withRules { neo async throws in
            let result = try await neo.run(through: [], arguments)
            #expect(result.status == status && result.errorOutput.contains(sentence), "\(result.errorOutput)")
        }
    }

    @Test func `a key sees its documents until it is taken back, while the server goes on`() async throws {
        try await Self.withRules { neo async throws in
            let (staff, guest) = (
                try await Self.key(neo, "grace", "--groups", "staff"), try await Self.key(neo, "guest")
            )
            #expect(try await neo.check("access", "who", "water.md", "p").output.contains("staff (rule 1"))
            #expect(try await neo.check("access", "sees", "guest", "p").output.contains("guest sees 2 of 3"))
            let result = try await neo.serve { server async throws in
                func documents(_ key: String) async throws -> Int? {
                    let reply = try await server.get("/version", headers: "Authorization: Bearer \(key)\r\n")
                    let body = reply.split(separator: "\r\n\r\n", maxSplits: 1).last.map { String($0) } ?? ""
                    return (try? JSONValue(parsing: body))?["release"]?["documents"]?.integer
                }
                #expect(try await documents(staff) == 3)
                #expect(try await documents(guest) == 2)
                #expect(try await documents("neo_aaaaaaaaaa_b") == nil)
                try await neo.check("access", "keys", "revoke", "grace", "p")
                while try await documents(staff) != nil {}
                #expect(try await documents(guest) == 2)
                try server.stop()
            }
            #expect(result.status == 0, "\(result.errorOutput)")
            #expect(!(result.output + result.errorOutput).contains("neo_"))
        }
    }

    @Test func `a log whose end was cut off ends with 3`() async throws {
        try await Self.withRules { neo async throws in
            _ = try await Self.key(neo, "portal")
            let whole = try await neo.check("access", "log", "p", "--verify", "--json")
            let head = try #require(try JSONValue(parsing: whole.output)["head"]?.string)
            #expect(try await neo.run("access", "log", "p", "--verify", "--head", head).status == 0)
            try neo.write("p/.neo/audit.head", "7:" + head.split(separator: ":")[1] + "\n")
            let cut = try await neo.run("access", "log", "p", "--verify")
            #expect(cut.status == 3 && cut.output.contains("its end was cut off"), "\(cut.output)")
        }
    }

    @Test
    func `a release that holds somebody gets one beside it that does not, and stays in service until that is promoted`()
        async throws
    {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("docs/people.md", "# People\n\nAda Lovelace (ada@example.org) blends the tea.\n")
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            try await neo.check("release", "build", "p")
            try await neo.check("release", "promote", "1", "p")
            let done = try await neo.check(
                "forget", "ada@example.org", "p", "--also", "Ada Lovelace", "--yes", "--json")
            let places = try #require(try JSONValue(parsing: done.output)["places"]?.array)
            let release = places.first { $0["place"]?.string == "release 1" }
            #expect(release?["action"]?.string?.contains("release 2 is without the person") == true)
            for file in try neo.files(below: "p/release/2") {
                let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self).lowercased()
                #expect(!text.contains("lovelace") && !text.contains("ada@example"), "\(file)")
            }
            let releases = try JSONValue(parsing: try await neo.check("release", "list", "p", "--json").output)
            #expect(releases["live"] == 1, "\(releases.canonicalText)")
            // Said again, nothing is made again.
            try await neo.check("forget", "ada@example.org", "p", "--also", "Ada Lovelace", "--yes")
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/p/release/3"))
        }
    }

    @Test func `forgetting that is killed is finished by the same command`() async throws {
        try await Self.withRules { neo async throws in
            _ = try await Self.key(neo, "ada@example.org")
            try neo.write("docs/tea.md", "# Tea\n\nAsk ada@example.org.\n")
            try neo.write("p/.neo/sessions/a.jsonl", "{\"text\": \"ada@example.org\"}\n")
            let refused = try await neo.run("forget", "ada@example.org", "p")
            #expect(refused.status == 2 && refused.errorOutput.contains("tea.md:3"), "\(refused.errorOutput)")
            #expect(try await neo.run("forget", "ada@example.org", "p", "--check").status == 3)
            for hundredths in 1...12 {
                _ = try await neo.run(
                    through: ["timeout", "-s", "KILL", "0.\(hundredths < 10 ? "0" : "")\(hundredths)"],
                    ["forget", "ada@example.org", "p", "--yes"])
            }
            try await neo.check("forget", "ada@example.org", "p", "--yes")
            let left = try await neo.check("forget", "ada@example.org", "p", "--check", "--json")
            #expect(try JSONValue(parsing: left.output)["forgotten"]?.bool == true)
            #expect(try await neo.check("access", "log", "p", "--verify").status == 0)
            #expect(try await neo.check("access", "sees", "everyone", "p").output.contains("1 of 2"))
        }
    }
}
