internal import Base
internal import Documents
internal import RAG
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Turns a data set into a project: the work of `neo import`.
package enum ImportJob {
    /// Reads a data set and writes `golden.jsonl`, `corpus.jsonl` where the set brings one, and `neo.yaml` where there
    /// is none yet.
    ///
    /// - Parameters:
    ///   - source: a BEIR folder, or a JSONL, JSON or CSV file.
    ///   - project: the project's folder; made where it is missing.
    ///   - documents: patterns of the documents' files, relative to the caller's folder, for sets that bring none.
    /// - Throws: `EngineerError` where the set cannot be read, has no usable question, or would overwrite other
    ///   golden questions.
    @concurrent
    package static func run(source: String, project: String, documents: [String] = []) async throws -> ImportSummary {
        let diagnostics = DiagnosticCollector()
        let input = ImportSource(Project.absolute(source), diagnostics: diagnostics)
        var set = try input.read()
        let target = try ImportTarget(project, documents: documents, bringsCollection: input.collection != nil)
        let questions = try await placed(&set, among: target, diagnostics)
        guard !questions.isEmpty else {
            let reasons = set.dropped.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
            throw EngineerError(
                code: .invalidGoldenSet,
                message: "No question of \(source) can be used (\(reasons.joined(separator: ", ")))."
            )
        }
        let golden = GoldenSet(questions)
        let files = try target.write(golden: golden.text, collection: input.collection)
        if target.lacksCollection {
            let sentence = "The project does not name the set's documents: add corpus.jsonl to them."
            diagnostics.add(Diagnostic(.warning, sentence, file: "neo.yaml"))
        }
        var count: Int?
        if let collection = input.collection {
            var lines = 0
            try InputFile.readLines(of: collection) { _, line in
                lines += line.isEmpty ? 0 : 1
                return true
            }
            count = lines
        }
        return ImportSummary(
            format: set.format,
            questions: questions.count,
            quotes: questions.reduce(0) { $0 + $1.evidence.count },
            documents: count,
            dropped: set.dropped.values.reduce(0, +),
            reasons: set.dropped.sorted { $0.key < $1.key }.map {
                ImportSummary.Dropped(reason: $0.key, count: $0.value)
            },
            files: files,
            diagnostics: diagnostics.all
        )
    }

    /// The questions, with the document found for each passage that does not name one.
    private static func placed(
        _ set: inout ImportedSet, among target: ImportTarget, _ diagnostics: DiagnosticCollector
    ) async throws -> [GoldenQuestion] {
        let contexts = set.entries.flatMap(\.contexts)
        guard !contexts.isEmpty else { return usable(set.entries.map(\.question), &set) }
        guard !target.patterns.isEmpty else {
            throw EngineerError(
                code: .noDocuments,
                message:
                    "The set's passages do not say where they stand: name the documents, so that they can be found "
                    + "there (--documents 'docs/**/*.md')."
            )
        }
        let documents = try await DocumentLoader(diagnostics: diagnostics).load(target.patterns, base: target.base)
        let found = await EvidenceResolver(documents: documents).documents(holding: contexts)
        var next = 0
        var questions: [GoldenQuestion] = []
        for entry in set.entries {
            var question = entry.question
            var missing = 0
            for context in entry.contexts {
                let holders = found[next]
                next += 1
                if holders.isEmpty {
                    missing += 1
                } else {
                    question.evidence.append(holders.map { EvidenceQuote(document: $0.rawValue, quote: context) })
                }
            }
            if missing > 0 {
                set.drop("passage that stands in no document", count: missing)
                let sentence = "Question \(question.id): \(missing) of its passages stand in no document."
                diagnostics.add(Diagnostic(.warning, sentence, line: entry.line))
            }
            questions.append(question)
        }
        return usable(questions, &set)
    }

    /// Without evidence a question cannot be measured, so it is no golden question.
    private static func usable(_ questions: [GoldenQuestion], _ set: inout ImportedSet) -> [GoldenQuestion] {
        let usable = questions.filter { !$0.isAnswerable || !$0.evidence.isEmpty || !$0.relevance.isEmpty }
        if usable.count < questions.count {
            set.drop("question without evidence", count: questions.count - usable.count)
        }
        return usable
    }
}
