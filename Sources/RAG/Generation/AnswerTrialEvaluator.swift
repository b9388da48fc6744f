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

    /// What a judge says; measured only where it is the objective, because every answer is a call.
    package static let judged = "judge_correctness"
    /// Whether the judge gave no verdict on an answer: that counts as the worst one. Its mean is the judge's rate of failure,
    /// of all questions.
    package static let judgeFailed = "judge_failed"

    private let items: [String: ResolvedQuestion]
    private let similarity: AnswerSimilarity?
    private let judge: Judge?
    private let onStop: @Sendable (any Error) -> Void
    private let onAnswer: @Sendable (Configuration, _ item: String, Answer) async -> Void
    private let service: @Sendable (Configuration) async throws -> any QueryService

    /// An evaluator.
    ///
    /// - Parameters:
    ///   - questions: the golden questions; those that have an answer need golden answers.
    ///   - encoder: measures similarity; it is not measured without one.
    ///   - judge: judges each answer to a question that has one; nil for no judge.
    ///   - onStop: hears why measuring ends: what every further request would meet, too.
    ///   - onAnswer: hears what was answered, once it is measured.
    ///   - service: answers with a configuration.
    package init(
        _ questions: [ResolvedQuestion], encoder: (any TextEncoder)?, judge: Judge? = nil,
        onStop: @escaping @Sendable (any Error) -> Void = { _ in },
        onAnswer: @escaping @Sendable (Configuration, _ item: String, Answer) async -> Void = { _, _, _ in },
        service: @escaping @Sendable (Configuration) async throws -> any QueryService
    ) {
        items = Dictionary(questions.map { ($0.question.id, $0) }, uniquingKeysWith: { first, _ in first })
        similarity = encoder.map(AnswerSimilarity.init)
        self.judge = judge
        self.onStop = onStop
        self.onAnswer = onAnswer
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
                let answer = try await service.answer(
                    Query(item.question.question, history: item.question.history))
                measurements.append(Measurement(item: id, metrics: try await metrics(answer, item)))
                await onAnswer(configuration, id, answer)
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
        }
        if let usage = answer.usage {
            result["input_tokens"] = Double(usage.inputTokens)
            result["output_tokens"] = Double(usage.outputTokens)
        }
        guard item.question.isAnswerable else {
            for name in Self.metrics where name != "answer_similarity" || similarity != nil {
                result[name] = answer.abstained ? 1 : 0
            }
            // Whether there is an answer is known, so no judge is asked.
            if judge != nil {
                result[Self.judged] = answer.abstained ? 1 : 0
                result[Self.judgeFailed] = 0
            }
            return result
        }
        let text = answer.abstained ? "" : answer.plainText
        let golden = item.question.answers
        if let match = AnswerMatch(text, golden: golden) {
            result["exact_match"] = match.exactMatch
            result["answer_f1"] = match.tokenF1
        }
        if let judge {
            let verdict =
                answer.abstained ? nil : try await judge.judge(JudgeItem(item.question, answer), by: .correctness)
            result[Self.judged] = verdict?.score ?? 0
            result[Self.judgeFailed] = verdict?.failure == nil ? 0 : 1
        }
        result["rouge_l"] = RougeL().score(text, golden: golden)
        if let similarity {
            result["answer_similarity"] = max(0, try await similarity.scores([(text, golden)])[0] ?? 0)
        }
        if answer.generated != nil, !answer.abstained,
            let score = CitationScore(answer.citedSpans, evidence: item.evidence)
        {
            result["citation_precision"] = score.precision
            result["citation_recall"] = score.recall
        }
        return result
    }
}
