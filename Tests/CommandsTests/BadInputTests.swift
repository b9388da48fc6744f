import Base
import Processes
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    @Test func `files that cannot be used are left out with a diagnostic, and the rest is searched`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", "documents: [../docs]\nencoder: none\n")
            try await neo.shell(
                """
                cd docs
                truncate -s 200M huge.md
                : > empty.md
                printf 'PK\\0\\1\\0\\2\\0\\0' > binary.md
                printf 'Un caf\\351 cr\\350me.\\n' > latin.md
                ln -s .. up
                ln -s self self
                ln -s nowhere gone.md
                mkfifo pipe.md
                """
            )
            let result = try await neo.check("search", "p", "--trials", "1")
            #expect(result.errorOutput.contains("4 documents"), "\(result.errorOutput)")
            for (file, reason) in [
                ("huge.md", "more than the limit of 20 MB"), ("empty.md", "The file is empty"),
                ("binary.md", "The file is binary"), ("latin.md", "was read as Latin-1"),
                ("self", "leads back to itself"), ("gone.md", "leads nowhere"),
            ] {
                let line = result.errorOutput.split(separator: "\n").first { $0.contains("docs/\(file): warning") }
                #expect(line?.contains(reason) == true, "\(file): \(result.errorOutput)")
            }
            #expect(try neo.read("p/report.md").contains("docs/huge.md"))
        }
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func `a file without permission is left out with a diagnostic`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.shell("cp docs/tea.md docs/closed.md; chmod 000 docs/closed.md")
            let result = try await neo.check("search", "p", "--trials", "1")
            #expect(result.errorOutput.contains("docs/closed.md: warning"), "\(result.errorOutput)")
            #expect(result.errorOutput.contains("3 documents"))
        }
    }

    @Test(arguments: [
        ("golden.jsonl", "truncate -s 200M p/golden.jsonl", "the limit is 100 MB"),
        ("golden.jsonl", "printf '{\"question\": \"caf\\351?\"}' > p/golden.jsonl", "is not UTF-8"),
        ("golden.jsonl", ": > p/golden.jsonl", "there are no questions"),
        ("golden.jsonl", "rm p/golden.jsonl; ln -s golden.jsonl p", "cannot be read"),
        ("golden.jsonl", "rm p/golden.jsonl; mkfifo p/golden.jsonl", "is not a plain file"),
        ("neo.yaml", "truncate -s 200M p/neo.yaml", "the limit is 1 MB"),
        ("neo.yaml", "printf 'PK\\0\\1' > p/neo.yaml", "not valid YAML"),
        ("neo.yaml", ": > p/neo.yaml", "`documents` is missing"),
        ("only", "mkdir only; : > only/a.md; echo 'documents: [../only]' > p/neo.yaml", "could be used"),
    ])
    func `a project whose own files cannot be used is explained`(file: String, change: String, reason: String)
        async throws
    {
        try await NeoProcess.withProject { neo async throws in
            try await neo.shell(change)
            let result = try await neo.run("search", "p")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains(file), "\(result.errorOutput)")
            #expect(result.errorOutput.contains(reason), "\(result.errorOutput)")
        }
    }

    @Test(arguments: [
        ("truncate -s 200M table.csv", "is binary"), (": > table.csv", "no column is called question"),
        ("ln -s table.csv table.csv", "cannot be read"),
    ])
    func `a table that cannot be imported is explained`(make: String, reason: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.shell(make)
            let result = try await neo.run("import", "table.csv", "q", "--documents", "docs")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("table.csv"), "\(result.errorOutput)")
            #expect(result.errorOutput.contains(reason), "\(result.errorOutput)")
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
            let script = """
                mkfifo said
                "$0" "$@" > output 2> said &
                exec 3< said
                while read -r line <&3; do case $line in *"best so far"*) break ;; esac; done
                # It hangs where nobody reads what it says; until then it holds the lock.
                status=0; "$0" search p || status=$?
                kill -KILL $!
                exit $status
                """
            let values = (0..<400).map { "\(1 + Double($0) / 1000)" }.joined(separator: ", ")
            try neo.write(
                "p/neo.yaml",
                "documents: [../docs/*.md]\nencoder: none\nspace:\n  bm25.k1: [\(values)]\n  bm25.b: [\(values.replacing("1.", with: "0."))]\n"
            )
            let result = try await neo.run(
                through: ["bash", "-c", script], ["search", "p", "--trials", "100000"])
            #expect(result.status == 1)
            #expect(
                result.errorOutput.contains("A search is already running here as process "), "\(result.errorOutput)")
            #expect(result.errorOutput.contains("p/.neo/search.lock"))
            // Killed, it holds nothing any more.
            try await neo.check("search", "p", "--trials", "2")
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
