internal import Base
internal import Documents
package import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads what AutoRAG works on: `corpus.parquet`, `qa.parquet` and the YAML of its modules.
///
/// Each passage becomes a document; the passages that a question names are its evidence, all of the outer list and any one
/// of each inner list, as AutoRAG counts.
package struct AutoRAGFolder: Sendable {
    /// The questions as they wait for ``ImportJob``, beside the corpus.
    static let questions = "autorag-questions.jsonl"

    private let path: String
    private let duckDB: DuckDB

    package init(_ path: String, with duckDB: DuckDB) {
        self.path = Project.absolute(path)
        self.duckDB = duckDB
    }

    /// Turns the folder into a project: golden questions, corpus and `neo.yaml` with the search space of the modules.
    ///
    /// - Returns: what the import did, and which modules have no counterpart.
    package func run(into project: String) async throws -> (summary: ImportSummary, modules: AutoRAGModules) {
        let modules = try AutoRAGModules(folder: path)
        let temporary = FileManager.default.temporaryDirectory.path + "/neo-autorag-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: temporary, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        try await prepare(temporary)
        let isNew = !FileManager.default.fileExists(atPath: Project.absolute(project) + "/neo.yaml")
        let summary = try await ImportJob.run(source: temporary, project: project)
        if isNew, let space = modules.yaml {
            let file = Project.absolute(project) + "/neo.yaml"
            let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
            try AtomicFile.write(text + space, to: file)
        }
        return (summary, modules)
    }

    private func file(_ name: String) throws(EngineerError) -> String {
        for place in ["\(path)/\(name)", "\(path)/data/\(name)"] where FileManager.default.fileExists(atPath: place) {
            return place
        }
        throw EngineerError(
            code: .invalidRequest,
            message: "\(path) is no folder of AutoRAG's, as it has no \(name). It holds corpus.parquet and qa.parquet.")
    }

    /// Writes corpus and questions as lines.
    private func prepare(_ folder: String) async throws {
        let corpus = folder + "/corpus.jsonl"
        try await ParquetFile(try file("corpus.parquet"), with: duckDB)
            .writeLines("CAST(doc_id AS VARCHAR) AS _id, '' AS title, CAST(contents AS VARCHAR) AS text", to: corpus)
        let rows = folder + "/qa.jsonl"
        try await ParquetFile(try file("qa.parquet"), with: duckDB).writeLines(
            "CAST(qid AS VARCHAR) AS qid, CAST(query AS VARCHAR) AS query, to_json(retrieval_gt) AS passages, "
                + "to_json(generation_gt) AS answers", to: rows)
        var questions: [JSONValue] = []
        try Self.lines(rows) { questions.append($0) }
        let wanted = Set(questions.flatMap { Self.passages($0["passages"]).flatMap(\.self) })
        var texts: [String: String] = [:]
        try Self.lines(corpus) { row in
            if let id = row["_id"]?.string, wanted.contains(id) { texts[id] = row["text"]?.string }
        }
        let text = questions.map { row in
            let evidence = Self.passages(row["passages"]).map { choices -> JSONValue in
                let quotes = choices.compactMap { id in
                    texts[id].map { ["document": .string(id), "quote": .string($0)] as JSONValue }
                }
                return ["any_of": .array(quotes)]
            }.filter { $0["any_of"]?.array?.isEmpty == false }
            let golden: JSONValue = [
                "id": row["qid"] ?? "", "question": row["query"] ?? "", "answers": row["answers"] ?? [],
                "evidence": .array(evidence),
            ]
            return golden.canonicalText + "\n"
        }.joined()
        try AtomicFile.write(text, to: "\(folder)/\(Self.questions)")
    }

    /// A list of lists; a single list, or a single name, is one that needs each.
    private static func passages(_ value: JSONValue?) -> [[String]] {
        guard let value else { return [] }
        if let name = value.string { return [[name]] }
        return (value.array ?? []).map { inner in inner.string.map { [$0] } ?? inner.array?.compactMap(\.string) ?? [] }
    }

    private static func lines(_ path: String, _ body: (JSONValue) -> Void) throws {
        try InputFile.readLines(of: path) { _, line in
            if let row = try? JSONValue(parsing: Data(line)) { body(row) }
            return true
        }
    }
}
