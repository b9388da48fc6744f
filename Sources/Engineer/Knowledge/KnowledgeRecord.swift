package import AutoML
internal import Base

/// What is kept of one search that has ended: what its project was like, what was tried, and what came of it.
///
/// It holds numbers, and words that Neo itself has given: no text of a document or a question, no name of a file, a model of
/// one's own, a server or a person.
package struct KnowledgeRecord: Sendable, Hashable, Codable {
    /// What is written today.
    static let format = "neo.knowledge/1"

    package var format = Self.format
    /// What ended: `study`. A reader passes over kinds that it does not know.
    package var kind = "study"
    /// Names the record; made of the project's random id and the search.
    package var id: String
    /// The project's random id, which stands in its `.neo/neo.db`.
    package var project: String
    /// Names the documents, on this machine only.
    package var corpus: String
    /// When the search ended: `2026-11-22`.
    package var day: String
    /// Neo's version.
    package var neo: String
    package var features: KnowledgeFeatures
    package var objective: Objective
    package var constraints: [Limit]
    package var sampler: String
    package var isRacing: Bool
    /// How many questions the search saw.
    package var questions: Int
    /// The numbers of the default and of the winner.
    package var baseline: Int
    package var winner: Int
    package var verdict: Verdict
    /// What the constraints said of the winner; nil without any.
    package var decision: String?
    package var seconds: Double?
    package var dollars: Double?
    package var trials: [Trial]

    /// A constraint.
    package struct Limit: Sendable, Hashable, Codable {
        package var quantity: String
        package var relation: String
        package var limit: Double
    }

    /// The number to trust.
    package struct Verdict: Sendable, Hashable, Codable {
        /// `held-out`, `cross-fitted` or `search`.
        package var kind: String
        package var questions: Int
        package var winner: SearchResults.Estimate
        package var baseline: SearchResults.Estimate
        package var difference: SearchResults.Estimate
    }

    /// A configuration that was tried.
    package struct Trial: Sendable, Hashable, Codable {
        package var number: Int
        /// `default`, `seed`, `knowledge`, or the sampler.
        package var origin: String
        package var state: String
        package var configuration: Configuration
        /// The means of what was measured, over `questions` of them.
        package var metrics: [String: Double]
        package var questions: Int
        /// The objective's 95 % interval.
        package var lower: Double?
        package var upper: Double?
        /// How many questions could not be measured.
        package var failures: Int
        /// Of a trial that failed, the kind of reason.
        package var failure: FailureKind?
        /// Whether it is on the front of quality, latency, size and cost.
        package var isOnFront: Bool?
        package var p95Milliseconds: Double?
        package var indexBytes: Int?
        package var costPer1000: Double?

        package init(
            number: Int, origin: String, state: String, configuration: Configuration, metrics: [String: Double],
            questions: Int, failures: Int = 0
        ) {
            self.number = number
            self.origin = origin
            self.state = state
            self.configuration = configuration
            self.metrics = metrics
            self.questions = questions
            self.failures = failures
        }
    }

    /// The winner's and the default's mean on the questions of the search.
    package func score(_ number: Int) -> Double? {
        trials.first { $0.number == number }?.metrics[objective.metric]
    }
}

extension KnowledgeRecord {
    /// A line for the search, and a line a trial.
    func lines() throws -> String {
        var study = try JSONValue(encoding: self).object ?? [:]
        let trials = study.removeValue(forKey: "trials")?.array ?? []
        let rows = trials.map { trial in
            JSONValue.object((trial.object ?? [:]).merging(["study": .string(id)]) { first, _ in first })
        }
        return ([.object(study)] + rows).map { $0.canonicalText + "\n" }.joined()
    }

    /// Reads what `lines` wrote.
    ///
    /// - Returns: nil for a record of another kind.
    /// - Throws: where it is no record, is of a newer form, or does not bear the name of its file.
    init?(lines: String, id: String) throws {
        let values = try lines.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        guard var study = values.first?.object, let format = study["format"]?.string else {
            throw EngineerError(code: .knowledge, message: "It does not begin with a line that says its format.")
        }
        guard format == Self.format else {
            throw EngineerError(code: .knowledge, message: "Its format is not \(Self.format): it is of a newer Neo.")
        }
        guard study["kind"]?.string == "study" else { return nil }
        study["trials"] = .array(Array(values.dropFirst()))
        self = try JSONValue.object(study).decoded(as: KnowledgeRecord.self)
        guard self.id == id, Self.isName(id), Self.isName(project) else {
            throw EngineerError(code: .knowledge, message: "Its id is not the name of the file.")
        }
    }

    /// Whether it is an id as Neo makes them.
    static func isName(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// Why a configuration could not be measured, without the words.
package enum FailureKind: String, Sendable, Codable {
    case memory, time, connection, model, money, other

    /// Of the sentence that the trial failed with.
    init(_ sentence: String) {
        let text = sentence.lowercased()
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        self =
            if says("memory", "too large", "does not fit") {
                .memory
            } else if says("timed out", "took too long", "not done after", "deadline") {
                .time
            } else if says("connect", "refused", "reach", "network", "http ", "status ") {
                .connection
            } else if says("budget", "dollars", "money") {
                .money
            } else if says("model", "encoder", "reranker", "weights", "tokenizer") {
                .model
            } else {
                .other
            }
    }
}
