/// In which order and with what a model is asked to write its answer.
package enum PromptTemplate: String, Sendable, Hashable, CaseIterable {
    /// The answer alone.
    case direct
    /// The answer, and then why.
    case answerFirst = "answer-first"
    /// What the passages say about the question, and then the answer.
    case answerLast = "answer-last"
    /// Sentences of the passages, copied, and then the answer.
    case quoteThenAnswer = "quote-then-answer"

    /// Changes whenever a prompt does: answers to another prompt are other answers.
    package static let version = 2

    /// What the model is asked to write.
    var instruction: String {
        switch self {
        case .direct:
            "Write only the answer, in one to three sentences."
        case .answerFirst:
            "Begin with a line \"Answer:\" and the answer in one to three sentences. Then write a line \"Reasoning:\" and, "
                + "in one or two sentences, which passages say so."
        case .answerLast:
            "Begin with a line \"Reasoning:\" and, in one to three sentences, what the passages say about the question. "
                + "Then write a line \"Answer:\" and the answer in one to three sentences."
        case .quoteThenAnswer:
            "Begin with a line \"Quotes:\" and the sentences of the passages that answer the question, copied word for "
                + "word. Then write a line \"Answer:\" and the answer in one to three sentences of your own."
        }
    }

    /// The word that stands before the answer; nil where all of the reply is the answer.
    var answerHeading: String? { self == .direct ? nil : "Answer:" }

    /// The word that ends the answer; nil where nothing follows it.
    var endHeading: String? { self == .answerFirst ? "Reasoning:" : nil }
}

/// In which order passages stand in a prompt. Models read the beginning and the end of a long prompt best.
/// Source: N. F. Liu et al., "Lost in the Middle", TACL 2024.
package enum PassageOrder: String, Sendable, Hashable, CaseIterable {
    /// The best first.
    case bestFirst = "best-first"
    /// The best last, next to the question.
    case bestLast = "best-last"
    /// The best at both ends, the weakest in the middle.
    case bestOutside = "best-outside"

    /// The positions of so many passages, in the order in which they stand in the prompt.
    func positions(_ count: Int) -> [Int] {
        switch self {
        case .bestFirst: Array(0..<count)
        case .bestLast: (0..<count).reversed()
        case .bestOutside:
            stride(from: 0, to: count, by: 2) + stride(from: 1, to: count, by: 2).reversed()
        }
    }
}
