internal import Base
internal import Documents
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads a BEIR data set: `corpus.jsonl`, `queries.jsonl` and `qrels/*.tsv`.
///
/// Judgements without relevance and of documents that the corpus lacks are dropped, and so are queries without any
/// judgement left. A query and a document with the same id are two things: many sets number both. `train` and `dev` become the search part and `test` the held-out part
/// where there are both; a single part is left to be split.
struct BEIRFolder {
    private let path: String
    private let diagnostics: DiagnosticCollector

    init(_ path: String, diagnostics: DiagnosticCollector) {
        self.path = path
        self.diagnostics = diagnostics
    }

    func read() throws -> ImportedSet {
        for file in ["corpus.jsonl", "queries.jsonl"] where !FileManager.default.fileExists(atPath: "\(path)/\(file)") {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "\(path) is no BEIR folder, as it has no \(file). It holds corpus.jsonl, queries.jsonl and qrels/."
            )
        }
        var set = ImportedSet(format: "BEIR")
        let documents = try identifiers(of: "corpus.jsonl", &set)
        let judgements = try judgements(documents: Set(documents.map(\.id)), &set)
        let hasBoth = Set(judgements.values.map(\.split)).count > 1
        for (id, row, line) in try identifiers(of: "queries.jsonl", &set) {
            guard let text = row["text"]?.string, text.contains(where: { !$0.isWhitespace }) else {
                set.drop("query without text")
                continue
            }
            guard let judged = judgements[id] else {
                set.drop("query without a judgement")
                continue
            }
            var question = GoldenQuestion(id: id, question: text, relevance: judged.grades)
            if hasBoth { question.split = judged.split }
            set.add(ImportedSet.Entry(question: question, line: line))
        }
        return set
    }

    private func identifiers(
        of file: String, _ set: inout ImportedSet
    ) throws -> [(id: String, row: JSONValue, line: Int)] {
        var rows: [(id: String, row: JSONValue, line: Int)] = []
        var broken = 0
        let isCorpus = file == "corpus.jsonl"
        try InputFile.readLines(of: "\(path)/\(file)") { number, line in
            guard line.contains(where: { $0 > 0x20 }) else { return true }
            let row = try? JSONValue(parsing: Data(line))
            if let row, let id = row["_id"]?.string ?? row["_id"]?.integer.map(String.init) {
                // Of the corpus only the names are needed.
                rows.append((id, isCorpus ? .null : row, number))
            } else {
                broken += 1
                let sentence = "The line is no JSON object with an \"_id\", and is left out."
                diagnostics.add(Diagnostic(.warning, sentence, file: "\(path)/\(file)", line: number))
            }
            return true
        }
        if broken > 0 { set.drop("malformed line of \(file)", count: broken) }
        return rows
    }

    private struct Judged {
        var grades: [String: Int] = [:]
        var split: GoldenQuestion.Split
    }

    private func judgements(documents: Set<String>, _ set: inout ImportedSet) throws -> [String: Judged] {
        let folder = path + "/qrels"
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".tsv") || $0.hasSuffix(".txt") }.sorted()
        guard !files.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(folder) holds no judgements: a file such as qrels/test.tsv is missing."
            )
        }
        var judged: [String: Judged] = [:]
        for file in files {
            let name = file.split(separator: ".").first.map(String.init) ?? file
            let split = GoldenQuestion.Split(named: name) ?? .search
            try InputFile.readLines(of: "\(folder)/\(file)") { number, line in
                let fields = String(decoding: line, as: UTF8.self).split { $0 == "\t" || $0 == " " }.map(String.init)
                // BEIR has three columns, TREC four, the second of which means nothing.
                guard fields.count >= 3, let grade = Int(fields[fields.count - 1]) else {
                    if number > 1, !fields.isEmpty { set.drop("malformed judgement") }
                    return true
                }
                let (query, document) = (fields[0], fields[fields.count - 2])
                if grade <= 0 {
                    set.drop("judgement without relevance")
                } else if !documents.contains(document) {
                    set.drop("judgement of a document that the corpus lacks")
                } else {
                    judged[query, default: Judged(split: split)].grades[document] = grade
                    if split == .heldOut { judged[query]?.split = split }
                }
                return true
            }
        }
        return judged
    }
}
