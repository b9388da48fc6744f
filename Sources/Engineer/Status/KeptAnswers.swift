package import AutoML
internal import Base
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Which evaluation of answers was the last one, and of what.
struct KeptAnswers: Sendable {
    private static let key = "answers of the winner"

    /// The name of the evaluation: when it was made.
    let evaluation: String
    /// The hash of the configuration.
    let configuration: String
    /// What wrote the answers; nil where they are quotes.
    let generator: String?
    /// What the project was.
    let state: MeasurementState

    static func read(_ database: NeoDatabase) async throws -> KeptAnswers? {
        guard let fact = try await database.fact(key), let evaluation = fact["evaluation"]?.string,
            let configuration = fact["configuration"]?.string
        else { return nil }
        return KeptAnswers(
            evaluation: evaluation, configuration: configuration, generator: fact["generator"]?.string,
            state: MeasurementState(json: fact["state"] ?? .null))
    }

    func keep(in database: NeoDatabase) async throws {
        try await database.setFact(
            Self.key,
            to: [
                "evaluation": .string(evaluation), "configuration": .string(configuration),
                "generator": generator.map { .string($0) } ?? .null, "state": state.json,
            ])
    }
}

extension AnswerEvaluation {
    /// Writes down what the answers were worth, question by question, so that requirements can be held to it.
    ///
    /// - Parameter generator: what wrote them; nil for quotes.
    package func keep(
        in project: Project, configuration: Configuration, generator: String?, at now: Date
    ) async throws {
        try project.prepareStateFolder()
        let database = try NeoDatabase(path: project.databasePath)
        // One evaluation a second: another one in the same second is the same.
        let kept = KeptAnswers(
            evaluation: now.timestamp, configuration: configuration.hash.hex, generator: generator,
            state: MeasurementState(of: project))
        try await database.recordAnswers(rows, evaluation: kept.evaluation, configuration: configuration.hash)
        try await kept.keep(in: database)
    }

    /// One measurement a question, whose means are the figures; a figure that a question cannot tell is not in its row.
    var rows: [Measurement] {
        measurements.indices.map { index in
            let (measurement, scores) = (measurements[index], scores[index])
            var metrics: [String: Double] = [:]
            func note(_ name: String, _ value: Bool?) { if let value { metrics[name] = value ? 1 : 0 } }
            if measurement.isAnswerable {
                note("answered", measurement.isAnswered)
                note("answer_found", measurement.foundAt != nil)
                note("answer_found_first", measurement.foundAt == 1)
                if measurement.isAnswered { note("answer_found_if_answered", measurement.foundAt != nil) }
            } else {
                note("abstention_recall", !measurement.isAnswered)
            }
            if !measurement.isAnswered { note("abstention_precision", !measurement.isAnswerable) }
            note("abstention_recall_withheld", measurement.isAnsweredWithheld.map { !$0 })
            if measurement.isAnswerable, measurement.isAnswered {
                metrics["citation_precision"] = measurement.citations?.precision
                metrics["citation_recall"] = measurement.citations?.recall
            }
            metrics["exact_match"] = scores.exactMatch
            metrics["token_f1"] = scores.tokenF1
            metrics["rouge_l"] = scores.rougeL
            metrics["answer_similarity"] = scores.similarity
            return Measurement(item: measurement.id, metrics: metrics)
        }
    }
}
