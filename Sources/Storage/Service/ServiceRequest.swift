/// What is kept of one request to a service.
package struct ServiceRequest: Sendable, Hashable {
    /// How it ended.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case answered, abstained, retrieved
        /// It was malformed, or too much.
        case refused
        /// The client closed the connection before the answer.
        case left
        /// It failed here.
        case failed
    }

    /// Who asked.
    package enum Origin: String, Sendable, Hashable {
        case client
        /// The watch, which asks golden questions.
        case probe
    }

    /// The name that the client and the log know it by.
    package var id: String
    /// When it came, in seconds since 1970.
    package var time: Double
    /// The process that answered.
    package var service: String
    package var origin: Origin
    package var route: String
    /// The release that answered; nil where the results of a search were served.
    package var release: Int?
    package var outcome: Outcome
    package var status: Int
    /// The kind of error, never its text.
    package var error: String?
    package var milliseconds: Double
    /// Milliseconds by stage: `retrieve`, `rerank`, `generate`.
    package var stages: [String: Double]
    /// How many passages were found.
    package var passages: Int?
    package var topScore: Double?
    /// The first score less the last.
    package var scoreGap: Double?
    /// The best cosine of question and sentence; of question and passage, where nothing was answered.
    package var similarity: Double?
    /// The share of the question's words that the best passage holds, rare ones counting more.
    package var coverage: Double?
    /// How strong the evidence was for an answer, from 0 to 1.
    package var evidence: Double?
    /// How many words of the question can be looked for.
    package var terms: Int?
    /// How long the question was, in Unicode scalars.
    package var characters: Int?
    /// Why there was no answer, as one of a few words.
    package var reason: String?
    /// The share of citations that their passages hold; nil where the answer was not in the sample that is scored.
    package var citations: Double?
    package var model: String?
    package var inputTokens: Int?
    package var outputTokens: Int?
    package var dollars: Double?
    /// A hash of the question under the project's key.
    package var queryHash: String?
    /// The question, where the policy says so.
    package var query: String?
    /// The answer, where the policy says so.
    package var answer: String?
    /// Of a probe, the golden question's id.
    package var golden: String?

    /// A request of which nothing but its end is known.
    package init(
        id: String, time: Double, service: String, origin: Origin = .client, route: String, outcome: Outcome,
        status: Int, milliseconds: Double, stages: [String: Double] = [:]
    ) {
        self.id = id
        self.time = time
        self.service = service
        self.origin = origin
        self.route = route
        self.outcome = outcome
        self.status = status
        self.milliseconds = milliseconds
        self.stages = stages
    }
}
