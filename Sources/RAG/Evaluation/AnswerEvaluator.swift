internal import Retrieval

/// Puts golden questions to a service, and compares what it quotes with the evidence.
///
/// Evidence is found where the quotes cover at least half of it, by bytes; of several pieces, or several places of one
/// piece, any one is enough. Each question with evidence is asked a second time with the documents that hold it
/// withheld: it then has hardly an answer, which gives many more questions to judge abstentions by than authors write.
/// A few of them are answered elsewhere all the same, so the share that is rightly abstained from is a lower bound.
package struct AnswerEvaluator: Sendable {
    private let service: any QueryService

    /// An evaluator of a service.
    package init(_ service: any QueryService) {
        self.service = service
    }

    /// Measures the questions that are unanswerable or have evidence that was found, in their order.
    @concurrent
    package func measure(_ questions: [ResolvedQuestion]) async throws -> [AnswerMeasurement] {
        var measurements: [AnswerMeasurement] = []
        for question in questions
        where !question.question.isAnswerable || question.isMeasurable && !question.evidence.isEmpty {
            try Task.checkCancellation()
            measurements.append(try await measure(question))
        }
        return measurements
    }

    private func measure(_ question: ResolvedQuestion) async throws -> AnswerMeasurement {
        let text = question.question.question
        let history = question.question.history
        let answer = try await service.answer(Query(text, history: history))
        var measurement = Self.judge(answer, question)
        if question.question.isAnswerable {
            let holders = Set(question.evidence.joined().map(\.document))
            measurement.isAnsweredWithheld = try await !service.answer(
                Query(text, history: history, excluding: holders)
            )
            .abstained
        }
        return measurement
    }

    /// Compares an answer with the evidence of its question.
    static func judge(_ answer: Answer, _ question: ResolvedQuestion) -> AnswerMeasurement {
        let chunks = answer.quotes.map { quote in
            Chunk(document: answer.passages[quote.passage].document, range: quote.range, text: quote.text)
        }
        let metrics = EvidenceMetrics(evidence: question.evidence, ranked: chunks) { _ in TokenIndex([]) }
        let spans = Set(question.evidence.joined())
        let evidenceBytes = chunks.reduce(0) { sum, chunk in
            let common = spans.filter { $0.document == chunk.document }.map { $0.range.clamped(to: chunk.range).count }
            return sum + (common.max() ?? 0)
        }
        return AnswerMeasurement(
            id: question.question.id, isAnswerable: question.question.isAnswerable, isAnswered: !answer.abstained,
            foundAt: metrics.ranksToFind.compactMap { $0 }.min(), quotes: answer.quotes.count,
            quotedBytes: chunks.reduce(0) { $0 + $1.range.count }, evidenceBytes: evidenceBytes,
            item: JudgeItem(question.question, answer),
            citations: CitationScore(answer.citedSpans, evidence: question.evidence)
        )
    }
}
