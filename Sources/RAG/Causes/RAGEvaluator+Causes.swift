package import AutoML
internal import Retrieval

extension RAGEvaluator {
    /// Follows the evidence of questions through the stages of a configuration; questions without evidence are left out.
    ///
    /// - Parameters:
    ///   - metric: what is measured; where it is no metric of evidence there is nothing to follow.
    ///   - answers: what quotes answers from the same configuration; without it nobody knows what is misread.
    @concurrent
    package func diagnose(
        _ configuration: Configuration, on items: [String], metric: String, answers: (any QueryService)?
    ) async throws -> [QuestionDiagnosis] {
        guard let limit = ContextLimit(metric: metric) else { return [] }
        let corpus = try await corpora(configuration) ?? standard
        let values = try PipelineConfiguration(configuration)
        let vectors = try await vectors(values)
        let pipeline = try await corpus.library.pipeline(values)
        let trace = EvidenceTrace(
            pipeline, limit: limit, tokens: corpus.library.tokens)
        var diagnoses: [QuestionDiagnosis] = []
        for row in items.compactMap({ corpus.items[$0] }) where !row.evidence.isEmpty {
            try Task.checkCancellation()
            let item = try await asked(row, pipeline)
            var diagnosis = try await trace.diagnosis(of: item, vector: (vectors[item.id] ?? [])[...])
            if let answer = try await answers?.answer(Query(row.question, history: row.history)) {
                let covered = AnswerEvaluator.covered(item.evidence, by: answer)
                diagnosis.isQuoted = covered.contains(true)
                diagnosis.ceilings.reading = Double(covered.count { $0 }) / Double(covered.count)
            }
            diagnoses.append(diagnosis)
        }
        return diagnoses
    }
}

extension AnswerEvaluator {
    /// For each piece of evidence, whether the quotes cover half of it.
    static func covered(_ evidence: [[EvidenceSpan]], by answer: Answer) -> [Bool] {
        let chunks = answer.quotes.map { quote in
            Chunk(document: answer.passages[quote.passage].document, range: quote.range, text: quote.text)
        }
        return EvidenceMetrics(evidence: evidence, ranked: chunks) { _ in TokenIndex([]) }.ranksToFind.map { $0 != nil }
    }
}
