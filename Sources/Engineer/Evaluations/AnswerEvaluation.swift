package import AutoML
package import Base
package import RAG

/// The answers of one configuration on all golden questions: the work of `neo eval --answers`.
package struct AnswerEvaluation: Sendable, Hashable {
    /// One a question.
    package let measurements: [AnswerMeasurement]
    /// How each text compares with its golden answers, in the same order.
    let scores: [AnswerScores]
    /// What a judge said, by criterion.
    package var judgements: [AnswerJudgement] = []

    /// - Parameter similarities: the cosines with the golden answers, in the same order; empty without an encoder.
    package init(_ measurements: [AnswerMeasurement], similarities: [Double?] = []) {
        self.measurements = measurements
        scores = measurements.indices.map { index in
            AnswerScores(
                measurements[index], similarity: similarities.indices.contains(index) ? similarities[index] : nil)
        }
    }

    /// Asks every golden question.
    ///
    /// - Parameter generator: what writes the answers; nil for answers made of quotes.
    @concurrent
    package static func run(
        _ workspace: Workspace, configuration: Configuration, generator: Generator? = nil
    ) async throws -> AnswerEvaluation {
        let golden = try await ProjectGolden.load(workspace)
        let service = try await Release.open(
            workspace, configuration: configuration, study: nil, generator: generator)
        let measurements = try await AnswerEvaluator(service).measure(golden.set.questions)
        let name = try PipelineConfiguration(configuration).encoder
        guard let encoder = try await workspace.encoders.model(name, parameter: "encoder")?.encoder else {
            return AnswerEvaluation(measurements)
        }
        let texts = measurements.map { ($0.item?.answer ?? "", $0.isAnswerable ? $0.item?.goldenAnswers ?? [] : []) }
        return AnswerEvaluation(measurements, similarities: try await AnswerSimilarity(encoder).scores(texts))
    }

    /// The figures by name; one that no question can be judged by is left out.
    package var figures: [String: Double] {
        let answerable = measurements.filter(\.isAnswerable)
        let abstentions = AbstentionScore(
            measurements.lazy.map { (isAnswerable: $0.isAnswerable, abstained: !$0.isAnswered) })
        let answered = answerable.filter(\.isAnswered)
        let withheld = answerable.compactMap(\.isAnsweredWithheld)
        return [
            "answer_found": Self.share(answerable) { $0.foundAt != nil },
            "answer_found_first": Self.share(answerable) { $0.foundAt == 1 },
            "answer_found_if_answered": Self.share(answered) { $0.foundAt != nil },
            "answered": Self.share(answerable) { $0.isAnswered },
            "abstention_precision": abstentions.precision,
            "abstention_recall": abstentions.recall,
            "abstention_recall_withheld": Self.share(withheld) { !$0 },
            "quotes": Self.ratio(answered.reduce(0) { $0 + $1.quotes }, answered.count),
            "quoted_evidence": Self.ratio(
                answered.reduce(0) { $0 + $1.evidenceBytes }, answered.reduce(0) { $0 + $1.quotedBytes }
            ),
            "exact_match": Self.mean(scores.map(\.exactMatch)),
            "token_f1": Self.mean(scores.map(\.tokenF1)),
            "rouge_l": Self.mean(scores.map(\.rougeL)),
            "answer_similarity": Self.mean(scores.map(\.similarity)),
            "citation_precision": Self.mean(answered.map(\.citations?.precision)),
            "citation_recall": Self.mean(answered.map(\.citations?.recall)),
        ].compactMapValues { $0 }
    }

    private static func mean(_ values: [Double?]) -> Double? {
        let values = values.compactMap(\.self)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func share<Item>(_ items: [Item], _ holds: (Item) -> Bool) -> Double? {
        ratio(items.count(where: holds), items.count)
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }

    /// The figures and each question's measurement as one object.
    package var json: JSONValue {
        [
            "figures": .object(figures.mapValues { .number($0) }),
            "judgements": .array(judgements.map(\.json)),
            "questions": .array(
                zip(measurements, scores).map { measurement, scores in
                    [
                        "id": .string(measurement.id),
                        "answerable": .bool(measurement.isAnswerable),
                        "answered": .bool(measurement.isAnswered),
                        "found_at": measurement.foundAt.map { .integer($0) } ?? .null,
                        "quotes": .integer(measurement.quotes),
                        "quoted_bytes": .integer(measurement.quotedBytes),
                        "evidence_bytes": .integer(measurement.evidenceBytes),
                        "answered_withheld": measurement.isAnsweredWithheld.map { .bool($0) } ?? .null,
                        "exact_match": scores.exactMatch.map { .number($0) } ?? .null,
                        "token_f1": scores.tokenF1.map { .number($0) } ?? .null,
                        "rouge_l": scores.rougeL.map { .number($0) } ?? .null,
                        "answer_similarity": scores.similarity.map { .number($0) } ?? .null,
                        "citation_precision": measurement.citations.map { .number($0.precision) } ?? .null,
                        "citation_recall": measurement.citations.map { .number($0.recall) } ?? .null,
                    ]
                }),
        ]
    }

    /// The figures for people.
    package var text: String {
        let lines = Self.meanings.compactMap { name, meaning in
            figures[name].map { "  \(Rounding.text($0))  \(name): \(meaning)" }
        }
        return "Quoted answers to \(measurements.count) questions\n"
            + (lines + judgements.map(\.text)).joined(separator: "\n")
    }

    private static let meanings: KeyValuePairs = [
        "answer_found": "of the answerable questions, the quotes cover half of a piece of evidence",
        "answer_found_first": "the same with the first quote alone",
        "answer_found_if_answered": "the same as the first, of those that were answered",
        "answered": "of the answerable questions, something was quoted",
        "abstention_precision": "of the abstentions, the question is unanswerable",
        "abstention_recall": "of the unanswerable questions, there was an abstention",
        "abstention_recall_withheld": "of the others without the documents that answer them (at least)",
        "quotes": "sentences an answer, on average",
        "quoted_evidence": "of the bytes quoted, the share that is evidence",
        "exact_match": "of the questions with golden answers, the quotes are one of them, as SQuAD compares",
        "token_f1":
            "words in common with the best golden answer, as SQuAD counts, where there is one; an abstention has none "
            + "(answer_f1 of a search also counts questions without an answer)",
        "rouge_l": "longest sequence of words in common with the best golden answer",
        "answer_similarity": "cosine with the nearest golden answer, by the encoder",
        "citation_precision": "of the passages quoted from, the share that holds evidence",
        "citation_recall": "of the quotes, the share whose passage holds evidence",
    ]
}
