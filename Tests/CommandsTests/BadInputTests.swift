import Base
import Processes
import Testing

/// What a user sees who made a mistake: a sentence with the place and the remedy, and an honest exit code.
@Suite struct BadInputTests {
    @Test(arguments: [
        ("documnts: [a]\n", "p/neo.yaml:1:", "Did you mean \"documents\"?"),
        ("documents: [docs/*.md]\nsearch:\n  trails: 3\n", "p/neo.yaml:3:", "Did you mean \"trials\"?"),
        ("documents: [docs/*.md\n", "p/neo.yaml:", "not valid YAML"),
        (
            "documents: [../docs/*.md]\nencoder: none\nspace:\n  retriver: bm25\n", "retriver",
            "Did you mean \"retriever\"?"
        ),
        (
            "documents: [../docs/*.md]\nencoder: none\nobjective: evidence_recal\n", "evidence_recal",
            "Did you mean \"evidence_recall\"?"
        ),
        ("documents: ['../nowhere/*.md']\nencoder: none\n", "nowhere/*.md", "check the path"),
        ("documents: [../docs/*.md]\nencoder: all-minilm-l6-v2\n", "all-minilm-l6-v2", "neo models pull"),
    ])
    func `a project file that is wrong is explained`(yaml: String, place: String, remedy: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", yaml)
            let result = try await neo.run("search", "p")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains(place), "\(result.errorOutput)")
            #expect(result.errorOutput.contains(remedy), "\(result.errorOutput)")
        }
    }

    @Test(arguments: [
        ("{\"question\": \"q\"}\n", "golden.jsonl:1"),
        ("{\"id\": \"a\", \"question\": \"q\"}\n{\"id\": \"a\", \"question\": \"r\"}\n", "golden.jsonl:2"),
        (
            "{\"id\": \"a\", \"question\": \"q\", \"evidence\": [{\"document\": \"tea.md\", \"quote\": \"Coffee is never mentioned anywhere in here\"}]}\n",
            "golden.jsonl:1"
        ),
    ])
    func `a golden row that is wrong is named by its line`(rows: String, place: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/golden.jsonl", rows)
            let result = try await neo.run("search", "p")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains(place), "\(result.errorOutput)")
        }
    }

    @Test func `binary, empty and looping files are left out with a diagnostic, and the rest is searched`() async throws
    {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("docs/empty.md", "")
            try neo.write("docs/binary.md", "PK\u{0}\u{1}\u{0}\u{2}\u{0}\u{0}")
            let result = try await neo.check("search", "p", "--trials", "1")
            #expect(result.errorOutput.contains("binary.md"))
            #expect(result.errorOutput.contains("3 documents"))
        }
    }

    @Test func `wrong usage has exit code 2`() async throws {
        try await NeoProcess.withProject { neo async throws in
            #expect(try await neo.run("search", "p", "--trials", "0").status == 2)
            #expect(try await neo.run("serch").status == 2)
            #expect(try await neo.run("search", "p", "--budget", "soon").status == 2)
        }
    }

    @Test func `a folder without a project, and a project without results, say what to do`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let none = try await neo.run("search", "nowhere")
            #expect(none.status == 1)
            #expect(none.errorOutput.contains("neo new"))
            let early = try await neo.run("report", "p")
            #expect(early.status == 1)
            #expect(early.errorOutput.contains("neo search"))
        }
    }

    @Test func `a database that is none is explained`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/.neo/neo.db", "this is no database, but a text that somebody put here by mistake")
            let result = try await neo.run("search", "p")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("neo.db"))
        }
    }

    @Test func `serving to other machines without a token is refused`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.run("serve", "p", "--host", "0.0.0.0", "--port", "0")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("NEO_TOKEN"), "\(result.errorOutput)")
        }
    }

    @Test func `a second search on one project is refused while the first one runs`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "1")
            // `flock` holds the lock just as a running search does.
            let result = try await neo.run(through: ["flock", "p/.neo/search.lock"], ["search", "p"])
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("already running"), "\(result.errorOutput)")
        }
    }

    @Test func `rubbish in the cache folder does no harm`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let before = try await neo.check("search", "p", "--trials", "2", "--json").output
            try neo.write("p/.neo/cache/garbage", "not an entry")
            let after = try await neo.check("search", "p", "--trials", "2", "--json").output
            #expect(try JSONValue(parsing: before)["verdict"] == JSONValue(parsing: after)["verdict"])
        }
    }

    @Test func `a configuration file with a misspelt parameter is refused`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("c.yaml", "chunker: tokens\nchunk.size: 64\nretriever: bm25\nbm25.k: 1.5\n")
            let result = try await neo.run("eval", "c.yaml", "p")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("c.yaml names \"bm25.k\""), "\(result.errorOutput)")
        }
    }
}
