import Base
import FoundationEssentials
import Processes
import Testing

@Suite struct DocumentFormatsTests {
    private static let page = """
        <title>Coffee</title><nav><a href=a>Home</a> <a href=b>Shop</a></nav><main><p>A moka pot wants a fine grind and a
        low flame, and no more than that.</p></main><footer>Our shop is open on Saturdays.</footer>
        """
    private static let rows = """
        {"id": "m", "question": "What grind does a moka pot want?", "evidence": [{"document": "a.html", "quote": "a fine grind and a low flame"}]}
        {"id": "s", "question": "When is the shop open?", "evidence": [{"document": "a.html", "quote": "Our shop is open on Saturdays."}]}
        {"id": "d", "question": "What keeps tea warm?", "evidence": [{"document": "b.docx", "quote": "A cup of porcelain keeps tea warm."}]}

        """

    /// A project with a page and an office file, which `cat` reads.
    private func withProject(_ body: (NeoProcess) async throws -> Void) async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("files/a.html", Self.page)
            try neo.write("files/b.docx", "A cup of porcelain keeps tea warm for long.\n")
            try neo.write("q/golden.jsonl", Self.rows)
            try neo.write(
                "q/neo.yaml",
                "documents: ../files\nencoder: none\nsearch: {sampler: random}\nparsers:\n  docx: cat {input}\n")
            try await body(neo)
        }
    }

    @Test func `the parser is searched, and a quote that one parser loses counts as not found there`() async throws {
        try await withProject { neo async throws in
            let search = try await neo.check("search", "q", "--trials", "8", "--json")
            let results = try JSONValue(parsing: search.output)
            let trials = try #require(results["trials"]?.array)
            let scores = Dictionary(
                grouping: trials, by: { $0["configuration"]?["parser.html"]?.string ?? "none" }
            ).mapValues { $0.compactMap { $0["score"]?["value"]?.number } }
            #expect(Set(scores.keys) == ["main", "full"])
            #expect(scores["main"]?.allSatisfy { $0 < 0.7 } == true)
            #expect(scores["full"]?.contains(1) == true)
            #expect(search.errorOutput.contains("not in a.html under parser.html = main; it counts as not found there"))
            #expect(results["corpus"]?["resolvedQuotes"] == 3)
            let answer = try await neo.check("ask", "When is the shop open?", "q").output
            #expect(answer.contains("open on Saturdays") && answer.contains("a.html"))

            try neo.write("main.yaml", "chunker: structure\nchunk.size: 64\nretriever: bm25\nparser.html: main\n")
            let main = try await neo.check("eval", "main.yaml", "q", "--json").output
            #expect(try JSONValue(parsing: main)["questions"]?.array?.count == 3)
            try neo.write("main.yaml", "chunker: structure\nchunk.size: 64\nretriever: bm25\nparser.html: mian\n")
            let wrong = try await neo.run("eval", "main.yaml", "q")
            #expect(wrong.status == 1 && wrong.errorOutput.contains("\"mian\" is no parser of html"), "\(wrong)")
        }
    }

    /// Inside walls, a parser could not note in the project's folder that it ran.
    private func unwalled(_ neo: NeoProcess, _ arguments: String...) async throws {
        let result = try await neo.run(through: ["env", "NEO_SANDBOX=off"], arguments)
        try #require(result.status == 0, "\(result.errorOutput)")
    }

    @Test func `a program runs again only for a file that was changed or added`() async throws {
        try await withProject { neo async throws in
            try neo.write("q/note.sh", "echo \"${1##*/}\" >> runs\ncat \"$1\"\n")
            try neo.write("q/neo.yaml", "documents: ../files\nencoder: none\nparsers:\n  docx: sh note.sh {input}\n")
            for name in ["c", "d", "e"] { try neo.write("files/\(name).docx", "The text of \(name).\n") }
            /// The files for which the program ran since the last look.
            func runs() throws -> [String] {
                defer { try? neo.write("q/runs", "") }
                return try neo.read("q/runs").split(separator: "\n").map(String.init).sorted()
            }
            try neo.write("q/runs", "")
            try await unwalled(neo, "search", "q", "--trials", "2")
            #expect(try runs() == ["b.docx", "c.docx", "d.docx", "e.docx"])
            try await unwalled(neo, "search", "q", "--trials", "3")
            try await unwalled(neo, "ask", "What keeps tea warm?", "q")
            #expect(try runs() == [])
            try neo.write("files/c.docx", "Another text of c.\n")
            try neo.write("files/f.docx", "The text of f.\n")
            try FileManager.default.removeItem(atPath: neo.folder + "/files/d.docx")
            try await unwalled(neo, "search", "q", "--trials", "2")
            #expect(try runs() == ["c.docx", "f.docx"])
        }
    }

    @Test func `a space may fix the parser, and one for a format that is not there has no effect`() async throws {
        try await withProject { neo async throws in
            let yaml = try neo.read("q/neo.yaml")
            try neo.write("q/neo.yaml", yaml + "space:\n  parser.html: full\n  parser.pdf: pdftotext\n")
            let search = try await neo.check("search", "q", "--trials", "2", "--json")
            #expect(search.errorOutput.contains("no document has that format"))
            let trials = try JSONValue(parsing: search.output)["trials"]?.array ?? []
            #expect(trials.allSatisfy { $0["configuration"]?["parser.html"] == "full" } && trials.count == 2)
            try neo.write("q/neo.yaml", yaml + "space:\n  parser.html: [main, ful]\n")
            let wrong = try await neo.run("search", "q")
            #expect(wrong.status == 1 && wrong.errorOutput.contains("\"ful\" is no parser of html"), "\(wrong)")
        }
    }

    @Test(arguments: [
        ("parsers: markitdown", "neo.yaml:3: `parsers` must be a mapping"),
        ("parsers:\n  docx: markitdown", "neo.yaml:4: \"markitdown\" is no parser of docx"),
        ("parsers:\n  md: cat {input}", "neo.yaml:4: Files ending in .md are read by Neo itself"),
        ("parsers:\n  pdf: [pdftotext, {a: b}]", "neo.yaml:4: The parser of pdf must be a command"),
        ("parsers:\n  docx: [\"cat '{input}\"]", "neo.yaml:4: The parser \"cat '{input}\" has a quote"),
    ])
    func `a parser that is none is named with its line`(yaml: String, sentence: String) async throws {
        try await withProject { neo async throws in
            try neo.write("q/neo.yaml", "documents: ../files\nencoder: none\n\(yaml)\n")
            let result = try await neo.run("search", "q")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
        }
    }

    @Test func `a file whose program is missing is left out, and the way to mend it is said`() async throws {
        try await withProject { neo async throws in
            try neo.write(
                "q/neo.yaml", "documents: ../files\nencoder: none\nparsers:\n  docx: no-such-program {input}\n")
            let result = try await neo.run("search", "q")
            #expect(result.status == 1)
            #expect(result.errorOutput.contains("there is no document b.docx"))
            #expect(result.errorOutput.contains("no-such-program is not installed"), "\(result.errorOutput)")
        }
    }
}
