/// A question that might be proposed.
struct QuestionCandidate: Sendable, Hashable {
    /// The kinds of questions; each becomes the `type` of a row.
    enum Kind: String, Sendable, CaseIterable {
        case definition
        case howTo = "how-to"
        case number, date, reason, condition, comparison, table, unanswerable
        /// A model wrote it.
        case written
        /// Somebody asked it, and did not like the answer.
        case reported
    }

    var kind: Kind
    var question: String
    var answer: String?
    var document: String
    var quote: String
    var line: Int
    /// The position of the part of the corpus that holds the evidence.
    var section: Int
    var why: String
    /// What it is chosen by among its kind, more is better.
    var quality: Double
    /// Where a search for the question's words finds the evidence, from 1.
    var rank: Int?

    /// The proposal that it becomes.
    func proposal(id: String, origin: String) -> GoldenProposal {
        GoldenProposal(
            id: id, question: question, answers: answer.map { [$0] } ?? [],
            evidence: answer == nil ? [] : [.init(document: document, quote: quote, line: line)],
            isAnswerable: answer != nil, type: kind.rawValue, origin: origin, why: why, rank: rank, state: .open,
            decision: nil)
    }
}
