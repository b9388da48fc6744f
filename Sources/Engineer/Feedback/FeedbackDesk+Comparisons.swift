internal import Base
internal import Storage

extension FeedbackDesk {
    /// Notes that somebody is about to see the answers of two releases.
    ///
    /// - Parameters:
    ///   - first: the release that is shown first; who draws the order lets the lot decide.
    ///   - now: in seconds since 1970.
    /// - Returns: the name of the comparison, which cannot be guessed.
    package func begin(
        first: Int, second: Int, question: String, for rater: Rater, at now: Double
    ) async throws -> String {
        let (name, source) = names(of: rater)
        // 128 random bits.
        let id = String(KeyedHash.newKey().prefix(32))
        try await database.begin(
            ComparisonRow(
                id: id, time: now, first: first, second: second, rater: name, source: source,
                question: keepsTexts ? String(question.prefix(2_000)) : nil))
        return id
    }

    /// Notes which of the two somebody preferred.
    ///
    /// - Returns: whether it counts.
    /// - Throws: `EngineerError` where no comparison of this rater is open under the name.
    package func decide(_ id: String, _ outcome: PreferenceOutcome, by rater: Rater, at now: Double) async throws
        -> Bool
    {
        guard let row = try await database.decide(id, outcome: outcome.rawValue, rater: names(of: rater).rater, at: now)
        else {
            throw EngineerError(
                code: .invalidRequest,
                message: "No comparison is open under this name: it was decided before, or shown to somebody else.")
        }
        return row.counts
    }
}

/// Which of two answers is preferred.
package enum PreferenceOutcome: String, Sendable, CaseIterable {
    case first, second, tie
}
