package import Base
package import Storage

/// Takes what people say of a service's answers, and tells what they said.
///
/// ```swift
/// let desk = FeedbackDesk(database)
/// try await desk.take(input, of: answer, from: rater, way: .page, at: now)
/// let report = try await desk.report(since: monthAgo)
/// ```
package struct FeedbackDesk: Sendable {
    /// Where it came from.
    package enum Way: String, Sendable {
        case page, api, terminal
    }

    /// What a service remembers of an answer that it gave.
    package struct GivenAnswer: Sendable, Hashable {
        package var release: Int?
        package var question: String
        package var text: String

        /// An answer.
        package init(release: Int?, question: String, text: String) {
            self.release = release
            self.question = question
            self.text = text
        }
    }

    let database: ServiceDatabase
    private let key: KeyedHash
    /// Whether questions and answers are kept with what is said of them.
    let keepsTexts: Bool

    /// The desk of a project.
    ///
    /// - Parameter key: makes names of which only this project knows whose they are.
    package init(_ database: ServiceDatabase, key: KeyedHash, keepsTexts: Bool = true) {
        self.database = database
        self.key = key
        self.keepsTexts = keepsTexts
    }

    /// The desk of a project, with its database and its key.
    package init(_ project: Project) throws {
        self.init(try ServiceDatabase(of: project), key: try ServiceKey.open(project))
    }

    /// Who says something: neither name is kept, only what this project's own key makes of them.
    package struct Rater: Sendable, Hashable {
        /// An address, or whom a terminal knows.
        package var source: String
        /// Whom the source says that it is; nil where it says nothing.
        package var name: String?

        /// A rater.
        package init(source: String, name: String? = nil) {
            self.source = source
            self.name = name
        }
    }

    /// Keeps what somebody said; it is on disk when this returns.
    ///
    /// - Parameters:
    ///   - answer: nil where the service does not remember it any more. What is said of it then counts for no release.
    ///   - now: in seconds since 1970.
    /// - Returns: the rows as they are kept.
    @discardableResult
    package func take(
        _ input: FeedbackInput, of answer: GivenAnswer?, from rater: Rater, way: Way, at now: Double
    ) async throws -> [FeedbackRow] {
        let (rater, source) = names(of: rater)
        let base = FeedbackRow(
            time: now, kind: .thumb, answer: input.answer, release: answer?.release, rater: rater, source: source,
            question: keepsTexts ? answer?.question : nil, text: keepsTexts ? answer?.text : nil, way: way.rawValue)
        var kept: [FeedbackRow] = []
        for row in input.rows(base) { kept.append(try await database.keep(row)) }
        return kept
    }

    /// The names under which a rater is kept.
    func names(of rater: Rater) -> (rater: String, source: String) {
        (key.name(of: rater.source + "\n" + (rater.name ?? "")), key.name(of: rater.source))
    }

    /// What was said since a time.
    package func report(since start: Double = 0) async throws -> FeedbackReport {
        try await .make(from: database, since: start)
    }
}
