package import AutoML
package import Base
package import RAG

/// The quoted answers of one configuration on all golden questions: the work of `neo eval --answers`.
package struct AnswerEvaluation: Sendable, Hashable {
    /// One a question.
    package let measurements: [AnswerMeasurement]

    package init(_ measurements: [AnswerMeasurement]) {
        self.measurements = measurements
    }

    /// Asks every golden question.
    @concurrent
    package static func run(_ workspace: Workspace, configuration: Configuration) async throws -> AnswerEvaluation {
        let golden = try await ProjectGolden.load(workspace)
        let service = try await Release.open(workspace, configuration: configuration, study: nil)
        return AnswerEvaluation(try await AnswerEvaluator(service).measure(golden.set.questions))
    }

    /// The figures by name; one that no question can be judged by is left out.
    package var figures: [String: Double] {
        let answerable = measurements.filter(\.isAnswerable)
        let unanswerable = measurements.filter { !$0.isAnswerable }
        let abstained = measurements.filter { !$0.isAnswered }
        let answered = answerable.filter(\.isAnswered)
        let withheld = answerable.compactMap(\.isAnsweredWithheld)
        return [
            "answer_found": Self.share(answerable) { $0.foundAt != nil },
            "answer_found_first": Self.share(answerable) { $0.foundAt == 1 },
            "answer_found_if_answered": Self.share(answered) { $0.foundAt != nil },
            "answered": Self.share(answerable) { $0.isAnswered },
            "abstention_precision": Self.share(abstained) { !$0.isAnswerable },
            "abstention_recall": Self.share(unanswerable) { !$0.isAnswered },
            "abstention_recall_withheld": Self.share(withheld) { !$0 },
            "quotes": Self.ratio(answered.reduce(0) { $0 + $1.quotes }, answered.count),
            "quoted_evidence": Self.ratio(
                answered.reduce(0) { $0 + $1.evidenceBytes }, answered.reduce(0) { $0 + $1.quotedBytes }
            ),
        ].compactMapValues { $0 }
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
            "questions": .array(
                measurements.map { measurement in
                    [
                        "id": .string(measurement.id),
                        "answerable": .bool(measurement.isAnswerable),
                        "answered": .bool(measurement.isAnswered),
                        "found_at": measurement.foundAt.map { .integer($0) } ?? .null,
                        "quotes": .integer(measurement.quotes),
                        "quoted_bytes": .integer(measurement.quotedBytes),
                        "evidence_bytes": .integer(measurement.evidenceBytes),
                        "answered_withheld": measurement.isAnsweredWithheld.map { .bool($0) } ?? .null,
                    ]
                }),
        ]
    }

    /// The figures for people.
    package var text: String {
        let lines = Self.meanings.compactMap { name, meaning in
            figures[name].map { "  \(Rounding.text($0))  \(name): \(meaning)" }
        }
        return "Quoted answers to \(measurements.count) questions\n" + lines.joined(separator: "\n")
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
    ]
}
