import Base
import FoundationEssentials
import LanguageModelClients
import Processes
import Testing

/// A release of a project that says who sees which documents, as its user meets it.
@Suite(.timeLimit(.minutes(3))) struct ReleaseAccessTests {
    private static let rules = """

        access:
          documents:
            - match: "water.md"
              groups: [staff]
            - match: "**"
              groups: [everyone]

        """

    private func documents(_ server: RunningServer, _ key: String? = nil) async throws -> Int? {
        let header = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let reply = try await server.get("/version", headers: header)
        let body = reply.split(separator: "\r\n\r\n", maxSplits: 1).last.map { String($0) } ?? ""
        return (try? JSONValue(parsing: body))?["release"]?["documents"]?.integer
    }

    @Test func `it is built, tested, promoted and served as each key sees it`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let open = try neo.read("p/neo.yaml")
            try await neo.check("search", "p", "--trials", "2")
            try await neo.check("release", "build", "p")
            try neo.write("p/neo.yaml", open + Self.rules)
            // Made before there were rules.
            let old = try await neo.run("serve", "p", "--release", "1", "--port", "0")
            #expect(old.status == 1 && old.errorOutput.contains("neo release build"), "\(old.errorOutput)")
            #expect(try await neo.run("release", "promote", "1", "p").status == 1)
            for _ in 2...3 { try await neo.check("release", "build", "p") }
            #expect(try await neo.run("release", "test", "2", "p").status == 0)
            try await neo.check("release", "promote", "2", "p")
            // By itself it shows what everybody sees, and whose token says more, what that says.
            try await neo.shell("cp -r p/release/2 alone")
            for (groups, count) in [("everyone", 2), ("staff", 3)] {
                _ = try await neo.serve(["--groups", groups], command: ["serve", "alone"]) { server async throws in
                    #expect(try await documents(server) == count)
                    try server.stop()
                }
            }
            let key = try await neo.check("access", "keys", "add", "grace", "p", "--groups", "staff", "--json")
            let staff = try #require(try JSONValue(parsing: key.output)["key"]?.string)
            let result = try await neo.serve(environment: ["NEO_TOKEN": "token"]) { server async throws in
                #expect(try await documents(server) == nil)
                #expect(try await documents(server, "token") == 2)
                #expect(try await documents(server, staff) == 3)
                try await neo.check("release", "promote", "3", "p")
                await server.errors.wait(for: "Release 3 answers now")
                #expect(try await documents(server, "token") == 2)
                #expect(try await documents(server, staff) == 3)
                try await neo.check("release", "rollback", "p")
                await server.errors.wait(for: "Release 2 answers now")
                #expect(try await documents(server, "token") == 2)
                // What is taken away ends with the next question.
                try neo.write("p/neo.yaml", open + Self.rules.replacing("[everyone]", with: "[staff]"))
                #expect(try await documents(server, "token") == 0)
                #expect(try await documents(server, staff) == 3)
                try server.stop()
            }
            #expect(result.status == 0, "\(result.errorOutput)")
        }
    }
}
