import Base
import Foundation
import Processes
import TestSupport
import Testing

@Suite(
    .enabled(if: TrackingEnvironment.python != nil, "scripts/tracking-environment installs what these need"))
struct AutoRAGImportTests {
    /// AutoRAG's files as pyarrow writes them.
    private static let files = """
        import pyarrow as pa, pyarrow.parquet as pq
        pq.write_table(pa.table({
            "doc_id": ["d1", "d2", "d3"],
            "contents": ["Steep green tea for two minutes.", "A moka pot wants a low flame.", "A filter takes lime out."],
            "metadata": [{"page": 1}, {"page": 2}, {"page": 3}]}), "rag/data/corpus.parquet")
        pq.write_table(pa.table({
            "qid": ["q1", "q2", "q3"], "query": ["How long for green tea?", "What of lime, and the flame?", "Who is it?"],
            "retrieval_gt": [[["d1"]], [["d3", "d1"], ["d2"]], [["gone"]]],
            "generation_gt": [["two minutes"], ["a filter", "low"], ["x"]]}), "rag/data/qa.parquet")
        """

    private static let yaml = """
        node_lines:
        - node_line_name: retrieve
          nodes:
          - node_type: lexical_retrieval
            modules: [{module_type: bm25}]
          - node_type: hybrid_retrieval
            modules: [{module_type: hybrid_rrf}, {module_type: hybrid_cc, normalize_method: [mm]}]
          - node_type: passage_reranker
            modules: [{module_type: pass_reranker}, {module_type: tart}]
        - node_line_name: answer
          nodes:
          - node_type: generator
            modules: [{module_type: llama_index_llm, llm: [openai]}]
        """

    private func withFolder(_ body: (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write("rag/config.yaml", Self.yaml)
            try neo.write("make.py", Self.files)
            try neo.write("home/x", "")
            try await neo.shell(
                """
                mkdir -p rag/data '\(TrackingEnvironment.folder)/runtime'
                ln -s '\(TrackingEnvironment.folder)/runtime' home/runtime
                '\(TrackingEnvironment.python ?? "")' make.py
                """)
            try await body(neo)
        }
    }

    @Test("Questions get the passages that they name as evidence, and modules become the space or are named")
    func project() async throws {
        try await withFolder { neo async throws in
            let said = try JSONValue(parsing: try await neo.check("import", "autorag", "rag", "p", "--json").output)
            #expect(said["questions"] == 2 && said["documents"] == 3 && said["format"] == "AutoRAG")
            #expect(said["unmatched_modules"] == ["passage_reranker: tart", "generator: llama_index_llm"])
            let golden = try neo.read("p/golden.jsonl").split(separator: "\n").map {
                try JSONValue(parsing: String($0))
            }
            #expect(golden.map { $0["id"] } == ["q1", "q2"] && golden[1]["answers"] == ["a filter", "low"])
            #expect(golden[1]["evidence"]?.array?.count == 2)
            #expect(golden[1]["evidence"]?.canonicalText.contains("A moka pot wants a low flame.") == true)
            let yaml = try neo.read("p/neo.yaml")
            #expect(yaml.contains(#"retriever: ["bm25","hybrid"]"#) && yaml.contains(#"fusion: ["rrf","convex"]"#))
            let lexical = yaml.replacing("encoder: all-minilm-l6-v2", with: "encoder: none")
                .replacing(/\n  fusion:[^\n]*/, with: "").replacing(/retriever:[^\n]*/, with: "retriever: [bm25]")
            try neo.write("p/neo.yaml", lexical)
            try await neo.check("check", "p")
        }
    }

    @Test("A Parquet file that was cut short, or is missing, is said")
    func damaged() async throws {
        try await withFolder { neo async throws in
            let whole = try Data(contentsOf: URL(filePath: neo.folder + "/rag/data/qa.parquet"))
            try whole.prefix(whole.count / 2).write(to: URL(filePath: neo.folder + "/rag/data/qa.parquet"))
            let cut = try await neo.run("import", "autorag", "rag", "p")
            #expect(cut.status == 1 && cut.errorOutput.contains("qa.parquet cannot be read; is it whole"), "\(cut)")
            try FileManager.default.removeItem(atPath: neo.folder + "/rag/data/qa.parquet")
            let missing = try await neo.run("import", "autorag", "rag", "p")
            #expect(missing.status == 1 && missing.errorOutput.contains("has no qa.parquet"))
        }
    }
}

/// What scripts/tracking-environment installs.
private enum TrackingEnvironment {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".venv/tracking").path

    static let python: String? = {
        FileManager.default.fileExists(atPath: folder + "/requirements.txt") ? folder + "/bin/python" : nil
    }()
}
