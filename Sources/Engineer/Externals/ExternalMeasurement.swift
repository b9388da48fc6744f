package import AutoML
internal import Base
package import Statistics

/// What was measured of a system that is not Neo's, on some questions.
package struct ExternalMeasurement: Sendable, Hashable {
    /// What the user calls it.
    package let name: String
    /// One a question, in their order; what failed has no metrics and counts as the worst.
    package var measurements: [Measurement]
    /// How many passages it gave, and how many of them stand nowhere in the documents.
    package var passages = 0
    package var unplaced = 0
    /// How many questions it answered with no passage at all.
    package var abstentions = 0
    /// What each answer took.
    package var milliseconds: [Double] = []
    /// What held it, as a sentence; nil of a server, which Neo does not start.
    package var walls: String?

    /// The same with what was measured on more questions.
    func adding(_ other: ExternalMeasurement?) -> ExternalMeasurement {
        guard let other else { return self }
        var sum = self
        sum.measurements += other.measurements
        sum.passages += other.passages
        sum.unplaced += other.unplaced
        sum.abstentions += other.abstentions
        sum.milliseconds += other.milliseconds
        return sum
    }

    /// The measurements in the order of these questions, to be paired with others.
    func inOrder(of items: [String]) -> [Measurement] {
        let byItem = Dictionary(measurements.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
        return items.compactMap { byItem[$0] }
    }

    /// The questions that failed, with the reasons.
    var failures: [SearchResults.ExternalResult.Failure] {
        measurements.compactMap { measurement in
            measurement.failure.map { .init(id: measurement.item, reason: $0) }
        }
    }

    /// How long an answer took; nil where there was none.
    var latency: ExternalLatency? { ExternalLatency(name: name, milliseconds) }

    /// As one object, for `neo eval` and `neo compare`.
    var json: JSONValue {
        [
            "name": .string(name), "passages": .integer(passages), "unplaced": .integer(unplaced),
            "abstentions": .integer(abstentions),
            "latency": latency.flatMap { try? JSONValue(encoding: $0) } ?? .null,
            "walls": walls.map { .string($0) } ?? .null,
        ]
    }

    /// What a reader of the number must know, in sentences.
    ///
    /// - Parameter hidden: questions of which nothing is shown.
    func sentences(hiding hidden: Set<String> = []) -> [String] {
        let words = ExternalWords(name: name, questions: measurements.count)
        let shown = failures.filter { !hidden.contains($0.id) }
        return [
            words.failures(shown, more: failures.count - shown.count), words.unplaced(unplaced, of: passages),
            words.abstentions(abstentions),
            latency.map(words.latency), walls,
        ].compactMap { $0 }
    }
}

/// How long another system took for an answer: it depends on the machine and the moment.
package struct ExternalLatency: Sendable, Hashable, Codable {
    package var name: String
    package var answers: Int
    /// In milliseconds.
    package var p50: QuantileInterval
    package var p95: QuantileInterval

    /// Where it stands in a result's timings.
    static let key = "external"

    init?(name: String, _ milliseconds: [Double]) {
        guard let p50 = try? quantileInterval(milliseconds, probability: 0.5),
            let p95 = try? quantileInterval(milliseconds, probability: 0.95)
        else { return nil }
        self.name = name
        answers = milliseconds.count
        self.p50 = p50
        self.p95 = p95
    }
}

extension SearchResults {
    /// How long each external system took; empty where none was asked.
    package var externalLatencies: [ExternalLatency] {
        timings[ExternalLatency.key].flatMap { try? $0.decoded(as: [ExternalLatency].self) } ?? []
    }
}
