import Base
import Processes
import Subprocess
import TestSupport
import Testing

@Suite struct GoldenCommandTests {
    private static func with(_ body: (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write(
                "docs/locks.md",
                """
                # Locks

                A mutex is a lock that only one thread holds at a time.

                ## Tables

                The LockTable has 64 slots and a spare one.
                The LockTable was introduced by Ada in 2019 for long queues.
                A semaphore is a counter that admits several threads at once.
                """)
            try await neo.check("new", "p", "--documents", "docs/*.md")
            try await body(neo)
        }
    }

    private func states(_ neo: NeoProcess) async throws -> [String] {
        let list = try await neo.check("golden", "list", "p", "--all", "--json")
        return try JSONValue(parsing: list.output)["proposals"]?.array?.compactMap { $0["state"]?.string } ?? []
    }

    @Test func `at a terminal one key decides, and b takes it back`() async throws {
        try await Self.with { neo async throws in
            try await neo.check("golden", "propose", "p", "--count", "4")
            let terminal = try PseudoTerminal()
            let status = try await terminal.run(neo, ["golden", "review", "p", "--by", "ada"]) { _ in
                try await terminal.wait(for: ">>")
                try await terminal.wait(for: "q leave")
                terminal.type("a")
                try await terminal.wait(for: "accepted")
                try await terminal.wait(for: "q leave")
                terminal.type("b")
                try await terminal.wait(for: "g1, 4 left")
                try await terminal.wait(for: "q leave")
                terminal.type("e")
                try await terminal.wait(for: "question: ")
                terminal.type("\u{15}Where is it?\r")
                try await terminal.wait(for: "answer: ")
                terminal.type("\r")
                try await terminal.wait(for: "edited")
                try await terminal.wait(for: "q leave")
                terminal.type("r")
                try await terminal.wait(for: "why (may stay empty): ")
                terminal.type("Nobody asks.\r")
                try await terminal.wait(for: "rejected")
                try await terminal.wait(for: "q leave")
                terminal.type("sq")
            }
            #expect(status == 0)
            #expect(try await states(neo) == ["edited", "rejected", "open", "open"])
            let rows = try neo.read("p/golden.jsonl")
            #expect(rows.contains(#""question":"Where is it?""#) && !rows.contains("example-1"))
        }
    }

    @Test func `without a terminal letters come as lines, and decisions have commands`() async throws {
        try await Self.with { neo async throws in
            try await neo.check("golden", "propose", "p", "--count", "4")
            let review = try await neo.run(
                through: ["sh", "-c", "printf 'a\\nx\\nr\\ntoo easy\\nq\\n' | \"$@\"", "sh"], ["golden", "review", "p"])
            #expect(review.status == 0, "\(review.errorOutput)")
            #expect(try await states(neo) == ["accepted", "rejected", "open", "open"])
            #expect(try await neo.run("golden", "accept", "g1", "--project", "p").status == 1)
            try await neo.check("golden", "reopen", "g1", "--project", "p")
            try await neo.check("golden", "accept", "--all", "--yes", "--project", "p")
            #expect(try await states(neo) == ["accepted", "rejected", "accepted", "accepted"])
            #expect(try await neo.check("golden", "list", "p", "--all").output.contains("nobody looked at it"))
            #expect(try await neo.run("golden", "review", "p").status == 1, "nothing is open")
            #expect(try await neo.run("golden", "worth", "p").errorOutput.contains("run `neo search` first"))
            #expect(try await neo.check("check", "p").status == 0)
        }
    }

    @Test(arguments: [
        ["golden", "propose", "p", "--count", "0"], ["golden", "accept", "--project", "p"],
        ["golden", "accept", "--all", "--project", "p"],
        ["golden", "accept", "g1", "g2", "--question", "x", "--project", "p"],
        ["golden", "worth", "p", "--minutes", "nan"], ["label", "new", "p", "--people", "0"],
        ["label", "adjudicate", "g1", "--as", "perhaps", "--project", "p"],
    ])
    func `a wrong command line is usage`(_ arguments: [String]) async throws {
        try await Self.with { neo async throws in
            #expect(try await neo.run(through: [], arguments).status == 2)
        }
    }

    @Test func `after a search the worth of labels and trials is told, and people label what is open`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "4")
            let worth = try JSONValue(parsing: try await neo.check("golden", "worth", "p", "--json").output)
            #expect((worth["width"]?.number ?? 0) > (worth["width_after"]?.number ?? 1))
            #expect(worth["label_hour"]?["count"] == 30 && worth["labels_timed"] == false)
            #expect(["labels", "trials", "neither"].contains(worth["advice"]?.string ?? ""))

            let made = try JSONValue(
                parsing: try await neo.check("label", "new", "p", "--row", "t", "--row", "n", "--people", "2", "--json")
                    .output)
            #expect(made["batch"] == "b1" && made["items"] == 2 && made["paths"]?.array?.count == 2)
            let status = try JSONValue(parsing: try await neo.check("label", "status", "p", "--json").output)
            #expect(status["given"] == 0 && status["wanted"] == 4 && status["kappa"] == .null)
            #expect(try await neo.run("label", "status", "p", "--batch", "b7").status == 1)
        }
    }
}
