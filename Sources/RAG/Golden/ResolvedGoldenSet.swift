package import Retrieval

/// A golden question whose evidence was looked up in the documents.
package struct ResolvedQuestion: Sendable, Hashable {
    /// The question as written.
    package var question: GoldenQuestion
    /// Where its evidence stands: all of the outer list are needed, of each inner list any one. A quote that stands
    /// in several places of its document gives several alternatives; one that was not found gives none.
    package var evidence: [[EvidenceSpan]]
    /// How relevant whole documents are; only documents that exist.
    package var relevance: [DocumentID: Int]
    /// Whether every element of the evidence was found.
    package var isComplete: Bool

    package init(
        question: GoldenQuestion, evidence: [[EvidenceSpan]], relevance: [DocumentID: Int], isComplete: Bool
    ) {
        self.question = question
        self.evidence = evidence
        self.relevance = relevance
        self.isComplete = isComplete
    }

    /// Whether a retriever can be judged on it.
    package var isMeasurable: Bool {
        question.isAnswerable && isComplete && (!evidence.isEmpty || relevance.values.contains { $0 > 0 })
    }
}

/// The golden questions with their evidence as places in the documents.
package struct ResolvedGoldenSet: Sendable {
    /// All questions, in the order of the file.
    package var questions: [ResolvedQuestion]
    /// How many quotes the rows have.
    package var quotes: Int
    /// How many of them were found.
    package var resolvedQuotes: Int

    package init(questions: [ResolvedQuestion], quotes: Int, resolvedQuotes: Int) {
        self.questions = questions
        self.quotes = quotes
        self.resolvedQuotes = resolvedQuotes
    }

    /// The share of quotes that were found; 1 where there are none.
    package var resolvedShare: Double { quotes == 0 ? 1 : Double(resolvedQuotes) / Double(quotes) }

    /// The questions on which a retriever can be judged.
    package var measurable: [ResolvedQuestion] { questions.filter(\.isMeasurable) }
}
