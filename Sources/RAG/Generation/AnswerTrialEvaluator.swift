package import AutoML
internal import LanguageModels
package import Retrieval

/// Measures answers, quoted or written, on golden questions.
///
/// A question that the documents do not answer counts 1 where there is an abstention, and 0 where there is an answer;
/// one that they do answer counts 0 where there is an abstention.
package struct AnswerTrialEvaluator: Evaluator {
    /// What is measured, in the order in which it is chosen as the objective.
    package static let metrics = ["answer_f1", "rouge_l", "answer_similarity", "exact_match"]

    private let items: [String: ResolvedQuestion]
    private let similarity: AnswerSimilarity?
    private let onStop: @Sendable (any Error) -> Void
    private let service: @Sendable (Configuration) async throws -> any QueryService

    /// An evaluator.
    ///
    /// - Parameters:
    ///   - questions: the golden questions; those that have an answer need golden answers.
    ///   - encoder: measures similarity; it is not measured without one.
    ///   - onStop: hears why measuring ends: what every further request would meet, too.
    ///   - service: answers with a configuration.
    package init(
        _ questions: [ResolvedQuestion], encoder: (any TextEncoder)?,
        onStop: @escaping @Sendable (any Error) -> Void = { _ in },
        service: @escaping @Sendable (Configuration) async throws -> any QueryService
    ) {
        items = Dictionary(questions.map { ($0.question.id, $0) }, uniquingKeysWith: { first, _ in first })
        similarity = encoder.map(AnswerSimilarity.init)
        self.onStop = onStop
        self.service = service
    }

    @concurrent
    package func measure(_ configuration: Configuration, on ids: [String]) async throws -> [Measurement] {
        let service = try await service(configuration)
        var measurements: [Measurement] = []
        for id in ids {
            try Task.checkCancellation()
            guard let item = items[id] else {
                measurements.append(
                    Measurement(item: id, metrics: [:], failure: "There is no golden question \"\(id)\"."))
                continue
            }
            do {
                let answer = try await service.answer(Query(item.question.question))
                measurements.append(Measurement(item: id, metrics: try await metrics(answer, item)))
            } catch let error as CancellationError {
                throw error
            } catch let error where isPersistent(error) {
                // A cancellation leaves the trial as it is, so that it can be gone on with.
                onStop(error)
                throw CancellationError()
            } catch {
                // A model that does not answer is a failure that counts, not a row that is dropped.
                measurements.append(Measurement(item: id, metrics: [:], failure: "\(error)"))
            }
        }
        return measurements
    }

    private func metrics(_ answer: Answer, _ item: ResolvedQuestion) async throws -> [String: Double] {
        var result: [String: Double] = ["abstained": answer.abstained ? 1 : 0]
        if let generated = answer.generated {
            result["unsupported"] = generated.isUnsupported ? 1 : 0
            result["input_tokens"] = Double(generated.inputTokens)
            result["output_tokens"] = Double(generated.outputTokens)
        }
        guard item.question.isAnswerable else {
            for name in Self.metrics where name != "answer_similarity" || similarity != nil {
                result[name] = answer.abstained ? 1 : 0
            }
            return result
        }
        let text = answer.abstained ? "" : answer.plainText
        let golden = item.question.answers
        if let match = AnswerMatch(text, golden: golden) {
            result["exact_match"] = match.exactMatch
            result["answer_f1"] = match.tokenF1
        }
        result["rouge_l"] = RougeL().score(text, golden: golden)
        if let similarity {
            result["answer_similarity"] = max(0, try await similarity.scores([(text, golden)])[0] ?? 0)
        }
        if let generated = answer.generated, !answer.abstained, !item.evidence.isEmpty {
            let statements = CitationMarks.statements(of: generated.text).map { statement in
                statement.numbers.filter { answer.passages.indices.contains($0 - 1) }.map { number in
                    EvidenceSpan(
                        document: answer.passages[number - 1].document, range: answer.passages[number - 1].range)
                }
            }
            if let score = CitationScore(statements, evidence: item.evidence) {
                result["citation_precision"] = score.precision
                result["citation_recall"] = score.recall
            }
        }
        return result
    }
}

extension Answer {
    /// What it says, without numbers of passages: the written text, or the quotes one behind the other.
    package var plainText: String {
        guard let generated else { return quotes.map(\.text).joined(separator: " ") }
        var bytes = Array(generated.text.utf8)
        for mark in CitationMarks.all(in: generated.text).reversed() { bytes.removeSubrange(mark.range) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
