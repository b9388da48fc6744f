/// What becomes of a question that follows others, "and on Linux?", before it is searched with: `query.history`.
package enum HistoryUse: String, Sendable, Hashable, CaseIterable {
    /// It is searched with as it was asked.
    case none
    /// What the user asked before stands in front of it. What was answered does not: it is longer than all questions, and
    /// would outweigh them.
    case concatenate
    /// The model under `generator` puts it into words that stand alone.
    case rewrite

    /// So many turns before the question are used.
    static let turns = 6
    private static let longest = 1_000

    /// A question with those before it, as one text to search with.
    static func concatenated(_ question: String, after history: [DialogueTurn]) -> String {
        let asked = history.suffix(turns).filter { !$0.isAnswer }.map { String($0.text.prefix(longest)) }
        return (asked + [question]).joined(separator: "\n")
    }

    /// A question as it is searched with.
    func question(
        _ question: String, after history: [DialogueTurn], _ followUps: FollowUps?
    ) async throws -> String {
        guard !history.isEmpty else { return question }
        return switch self {
        case .none: question
        case .concatenate: Self.concatenated(question, after: history)
        case .rewrite: try await followUps?.question(question, after: history) ?? question
        }
    }
}
