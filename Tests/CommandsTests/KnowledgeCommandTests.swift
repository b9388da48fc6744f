import Base
import FoundationEssentials
import Processes
import Storage
import TestSupport
import Testing

@Suite struct KnowledgeCommandTests {
    /// A project that may leave records, in a folder that holds names, mails and words that must stay there.
    private static func withKnowledge(_ body: (NeoProcess) async throws -> Void) async throws {
        try await NeoProcess.withProject { neo in
            var neo = neo
            neo.knowledge = neo.folder + "/learnt"
            try await body(neo)
        }
    }

    private static func record(_ neo: NeoProcess) throws -> String {
        try neo.files(below: "learnt").map { String(decoding: try Data(contentsOf: URL(filePath: $0)), as: UTF8.self) }
            .joined()
    }

    @Test func `a finished search leaves figures, and nothing that stands in documents, questions or names`()
        async throws
    {
        try await Self.withKnowledge { neo in
            try neo.write(
                "docs/zanzibar-merger.md", "# Quetzal\n\nWrite to melchior@example.org about the zanzibar merger.\n")
            try neo.write(
                "p/golden.jsonl",
                NeoProcess.goldenRows
                    + #"{"id": "melchior-1", "question": "Whom does one write to about the zanzibar merger?", "type": "balthasar", "evidence": [{"document": "zanzibar-merger.md", "quote": "Write to melchior@example.org"}]}"#
                    + "\n")
            let yaml = try neo.read("p/neo.yaml") + "\nspace: {retriever: bm25, chunker: [structure, caspar]}\n"
            try neo.write("p/neo.yaml", yaml.replacing("kind: rag", with: "name: melchiors-project\nkind: rag"))
            let search = try await neo.check("search", "p", "--trials", "12", "--latency-requests", "0")
            #expect(search.errorOutput.contains("in this machine's knowledge: figures, no texts"))
            let list = try JSONValue(parsing: try await neo.check("knowledge", "list", "--json").output)
            let study = try #require(list["studies"]?.array?.first)
            #expect(study["documents"] == 4 && study["objective"] == "evidence_recall")
            let text = try Self.record(neo)
            for word in [
                "melchior", "zanzibar", "quetzal", "balthasar", "caspar", "tea", "moka", "samovar", "example.org",
                neo.folder, "docs", "golden",
            ] {
                #expect(!text.lowercased().contains(word), "\(word) stands in the record")
            }
            // The one that failed is kept with its kind of reason.
            #expect(text.contains("\"failure\":\"") && text.contains("\"chunker\":\"other\""))
            let id = try #require(study["id"]?.string)
            let shown = try await neo.check("knowledge", "show", String(id.prefix(5))).output
            #expect(shown.contains("overlap: ") && shown.contains("winner"))
            // The same search leaves the same record.
            try await neo.check("search", "p", "--trials", "12", "--latency-requests", "0")
            #expect(try await neo.check("knowledge", "list").output.split(separator: "\n").count == 2)
        }
    }

    @Test func `what is kept is listed, exported as tables and forgotten by project`() async throws {
        try await Self.withKnowledge { neo in
            #expect(try await neo.check("knowledge", "list").output.contains("Nothing is kept"))
            try await neo.check("search", "p", "--trials", "3", "--latency-requests", "0")
            let exported = try await neo.check("knowledge", "export", "--to", "tables", "--json")
            #expect(try JSONValue(parsing: exported.output)["trials"] == 3)
            let rows = try neo.read("tables/trials.jsonl").split(separator: "\n").map {
                try JSONValue(parsing: String($0))
            }
            #expect(rows.count == 3 && rows[0]["parameter.retriever"] == "bm25" && rows[0]["score"]?.number != nil)
            try await neo.check("knowledge", "export", "--to", "tables", "--format", "csv")
            let header = try neo.read("tables/studies.csv").split(separator: "\n").first
            #expect(header?.contains("feature.documents") == true)
            // It is the folder's project that is forgotten, not another one.
            #expect(try await neo.check("knowledge", "forget", "--project", "p").output.hasPrefix("1 search is"))
            #expect(try neo.files(below: "learnt/studies").isEmpty)
            #expect(try await neo.check("knowledge", "forget", "--all").output.hasPrefix("0 searches"))
        }
    }

    private static func member(_ name: String, of rows: [JSONValue]) -> [String] {
        rows.compactMap { $0[name]?.string }
    }

    @Test func `releases, audits and months of service leave figures, without words of the project`() async throws {
        try await Self.withKnowledge { neo in
            let yaml = try neo.read("p/neo.yaml").replacing("kind: rag", with: "name: melchiors-project\nkind: rag")
            try neo.write("p/neo.yaml", yaml + "\nmonitoring: {text: full}\n")
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            for number in ["1", "2"] {
                try await neo.check("release", "build", "p")
                try await neo.check("release", "promote", number, "p", "--by", "balthasar", "--margin", "0.99")
            }
            try await neo.check("release", "rollback", "p", "--by", "balthasar", "--because", "zanzibar was wrong")
            try await neo.check("audit", "p", "--probes", "2")
            let service = try ServiceDatabase(path: neo.folder + "/p/.neo/service.db")
            try await service.add(
                (0..<40).map { number in
                    var request = ServiceRequest(
                        id: "melchior-\(number)", time: Date().timeIntervalSince1970 - 1, service: "s",
                        route: "/v1/answer",
                        outcome: number < 4 ? .abstained : .answered, status: 200, milliseconds: Double(number))
                    request.query = "caspar asks"
                    return request
                })
            _ = try await neo.run("watch", "p", "--once")
            let list = try JSONValue(parsing: try await neo.check("knowledge", "list", "--json").output)
            let outcomes = try #require(list["outcomes"]?.array)
            #expect(Self.member("kind", of: outcomes) == ["audit", "month", "release", "release", "release"])
            let study = try #require(list["studies"]?.array?.first?["id"])
            #expect(outcomes.allSatisfy { $0["study"] == study })
            let sentences = Self.member("sentence", of: outcomes)
            #expect(sentences.contains("promote of release 1, full: done, first"))
            #expect(sentences.contains { $0.hasPrefix("rollback of release 1, full: done") })
            #expect(sentences.contains { $0.contains("40 requests, 0 failed, 4 not answered") })
            #expect(sentences.contains { $0.hasPrefix("worst finding: ") })
            let text = try Self.record(neo)
            for word in ["melchior", "balthasar", "zanzibar", "caspar", "samovar", "green", neo.folder, "golden"] {
                #expect(!text.lowercased().contains(word), "\(word) stands in the record")
            }
            let month = try #require(outcomes.first { $0["kind"] == "month" }?["id"]?.string)
            #expect(try await neo.check("knowledge", "show", month).output.contains("p95_milliseconds: 38"))
            // The same audit leaves the same record.
            try await neo.check("audit", "p", "--probes", "2")
            let exported = try JSONValue(
                parsing: try await neo.check("knowledge", "export", "--to", "tables", "--json").output)
            #expect(exported["releases"] == 3 && exported["audits"] == 1 && exported["months"] == 1)
            let row = try JSONValue(
                parsing: String(try #require(try neo.read("tables/audits.jsonl").split(separator: "\n").first)))
            #expect(row["value.attacks.image.delivered"]?.number != nil, "\(row.canonicalText)")
            try await neo.check("knowledge", "forget", month)
            let gone = try JSONValue(
                parsing: try await neo.check("knowledge", "forget", "--project", "p", "--json").output)
            #expect(gone["forgotten"] == 1 && gone["outcomes"] == 4)
            #expect(try neo.files(below: "learnt/outcomes").isEmpty)
        }
    }

    @Test(
        .enabled(if: TrackingTools.folder != nil, "scripts/tracking-environment installs what this needs"))
    func `as Parquet it is read by pyarrow, pandas, polars and DuckDB, with types and nothing lost`() async throws {
        try await Self.withKnowledge { neo in
            try await neo.check("search", "p", "--trials", "3", "--latency-requests", "0")
            try await neo.installDuckDB()
            try await neo.check("knowledge", "export", "--to", "lines")
            try await neo.check("knowledge", "export", "--to", "tables", "--format", "parquet")
            try neo.write(
                "read.py",
                """
                import json, duckdb, pandas, polars, pyarrow.parquet

                for name in ["studies", "trials"]:
                    path = f"tables/{name}.parquet"
                    rows = [json.loads(line) for line in open(f"lines/{name}.jsonl")]
                    table = pyarrow.parquet.read_table(path)
                    assert table.num_rows == len(rows) > 0, (name, table.num_rows)
                    columns = {column for row in rows for column in row}
                    assert set(table.column_names) == columns, columns ^ set(table.column_names)
                    for column in columns:
                        values = [row.get(column) for row in rows]
                        if any(value is None or isinstance(value, (list, dict)) for value in values): continue
                        read = table[column].to_pylist()
                        same = [a == b or str(a) == str(b) for a, b in zip(read, values)]
                        assert all(same), (name, column, read, values)
                    assert len(pandas.read_parquet(path)) == polars.read_parquet(path).height == len(rows)
                    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchone() == (len(rows),)

                trials = polars.read_parquet("tables/trials.parquet")
                assert trials["score"].dtype == polars.Float64 and trials["trial"].dtype.is_integer(), trials.schema
                best = duckdb.sql(
                    "SELECT max(score) FROM 'tables/trials.parquet' t JOIN 'tables/studies.parquet' s ON t.study = s.id"
                ).fetchone()
                assert best == (trials["score"].max(),), best
                print("read")
                """)
            let read = try await ChildProcess(
                executable: try #require(TrackingTools.folder) + "/bin/python", arguments: ["read.py"],
                directory: neo.folder
            ).run()
            #expect(read.status == 0 && read.output == "read\n", "\(read.errorOutput)")
        }
    }

    @Test func `a project that is left out leaves nothing, and a folder that cannot be written stops no search`()
        async throws
    {
        try await Self.withKnowledge { neo in
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "\nknowledge: false\n")
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/learnt"))
            try neo.write("p/neo.yaml", yaml)
            try neo.write("learnt", "a file where the folder should be")
            let search = try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            #expect(search.errorOutput.contains("is not kept in this machine's knowledge"))
            var none = neo
            none.knowledge = "none"
            let refused = try await none.run("knowledge", "list")
            #expect(refused.status == 1 && refused.errorOutput.contains("NEO_KNOWLEDGE is none"))
        }
    }

    @Test func `records that are damaged, foreign or of a newer form are said and passed over`() async throws {
        try await Self.withKnowledge { neo in
            try await neo.check("search", "p", "--trials", "2", "--latency-requests", "0")
            let good = try #require(try neo.files(below: "learnt/studies").first)
            let text = String(decoding: try Data(contentsOf: URL(filePath: good)), as: UTF8.self)
            try neo.write("learnt/studies/aaaaaaaaaaaa.jsonl", String(text.dropLast(30)))
            try neo.write("learnt/studies/bbbbbbbbbbbb.jsonl", text)
            try neo.write(
                "learnt/studies/cccccccccccc.jsonl", text.replacing("neo.knowledge/1", with: "neo.knowledge/9"))
            try neo.write("learnt/studies/dddddddddddd.jsonl", "\u{1B}[31m\n")
            try neo.write(
                "learnt/studies/eeeeeeeeeeee.jsonl",
                #"{"format": "neo.knowledge/1", "kind": "release", "id": "eeeeeeeeeeee"}"# + "\n")
            let list = try await neo.check("knowledge", "list")
            #expect(list.output.split(separator: "\n").count == 2)
            #expect(list.errorOutput.split(separator: "\n").count == 4)
            #expect(list.errorOutput.contains("of a newer Neo") && !list.errorOutput.contains("\u{1B}"))
        }
    }

    @Test func `a wrong command line is told from a record that is not there`() async throws {
        try await Self.withKnowledge { neo in
            #expect(try await neo.run("knowledge", "forget").status == 2)
            #expect(try await neo.run("knowledge", "forget", "abc", "--all").status == 2)
            let missing = try await neo.run("knowledge", "show", "abc")
            #expect(missing.status == 1 && missing.errorOutput.contains("neo knowledge list"))
        }
    }

    @Test func `killed after it began warm, a search goes on as it began, though all is forgotten meanwhile`()
        async throws
    {
        try await Self.withKnowledge { neo in
            let yaml =
                try neo.read("p/neo.yaml") + """

                    space: {retriever: bm25, chunker: structure, chunk.size: [16, 24, 32], bm25.k1: [1.2, 0.9, 1.8, 0.3],
                      bm25.b: [0.75, 0.4, 0.1], bm25.stop_words: [true, false]}

                    """
            try neo.write("p/neo.yaml", yaml)
            try await neo.check("search", "p", "--trials", "40", "--latency-requests", "0", "--seed", "5")
            // What was searched says that its last trial was by far the best.
            let file = try #require(try neo.files(below: "learnt/studies").first)
            let lines = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self).split(
                separator: "\n")
            let taught = lines.enumerated().map { number, line in
                let value = number == lines.count - 1 ? "1" : "0.1"
                return line.replacing(/"evidence_recall":[0-9.]+/, with: "\"evidence_recall\":\(value)")
            }
            try neo.write(
                "learnt/studies/" + String(file.split(separator: "/").last ?? ""), taught.joined(separator: "\n"))
            try await neo.shell("cp -r p q; cp -r learnt other")
            var beside = neo
            beside.knowledge = neo.folder + "/other"
            let whole = try await beside.check("search", "q", "--trials", "30", "--latency-requests", "0")
            #expect(whole.errorOutput.contains("that did well in other searches of this machine"))
            // Killed when it has said so, which is after its choice was kept.
            let executable = try NeoProcess.executable()
            try await neo.shell(
                """
                export NEO_HOME=$PWD/home NEO_KNOWLEDGE=$PWD/learnt
                '\(executable)' search p --trials 30 --latency-requests 0 2>said & pid=$!
                until grep -q 'did well in other searches' said || ! kill -0 $pid 2>/dev/null; do :; done
                kill -9 $pid 2>/dev/null || true; wait $pid || true
                """)
            try await neo.check("knowledge", "forget", "--all")
            try await neo.check("search", "p", "--trials", "30", "--latency-requests", "0")
            let (killed, undisturbed) = (try neo.results(at: "p/results.json"), try neo.results(at: "q/results.json"))
            #expect(killed["study"] == undisturbed["study"] && killed["trials"] == undisturbed["trials"])
            #expect(killed["trials"]?.array?.contains { $0["origin"]?.string?.hasPrefix("knowledge ") == true } == true)
        }
    }
}
