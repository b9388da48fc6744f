/// What a judge judges an answer by.
package enum JudgeCriterion: String, Sendable, Hashable, CaseIterable, Codable {
    /// Whether it says what the golden answer says.
    case correctness
    /// Whether all that it says stands in the passages that it was made from.
    case faithfulness
    /// Whether it answers the question that was asked, right or wrong.
    case relevance
    /// Whether the passages that it cites say what it says.
    case citations

    /// Whether an item has what the judge compares with.
    package func applies(to item: JudgeItem) -> Bool {
        switch self {
        case .correctness: !item.goldenAnswers.isEmpty
        case .faithfulness, .citations: !item.passages.isEmpty
        case .relevance: true
        }
    }
}

/// An answer that is to be judged, with what it is judged by.
package struct JudgeItem: Sendable, Hashable {
    /// Names the item.
    package var id: String
    /// What was asked.
    package var question: String
    /// What was answered.
    package var answer: String
    /// The answers that count as right.
    package var goldenAnswers: [String]
    /// The passages that the answer was made from, numbered from 1 as its citations number them; for
    /// `JudgeCriterion.citations` only those that it cites.
    package var passages: [String]

    /// An item.
    package init(
        id: String, question: String, answer: String, goldenAnswers: [String] = [], passages: [String] = []
    ) {
        self.id = id
        self.question = question
        self.answer = answer
        self.goldenAnswers = goldenAnswers
        self.passages = passages
    }
}
