package import Retrieval

/// A golden question, ready to be measured: its evidence is resolved to places in documents.
package struct EvaluationItem: Sendable, Hashable {
    /// The question's id.
    package var id: String
    /// The question.
    package var question: String
    /// Places of the evidence; outer: all are needed, inner: any will do. Empty where relevance is by document.
    package var evidence: [[EvidenceSpan]]
    /// Grades of relevant documents by id, for imported collections.
    package var relevance: [String: Int]
    /// What was said before the question.
    package var history: [DialogueTurn]

    package init(
        id: String, question: String, evidence: [[EvidenceSpan]], relevance: [String: Int], history: [DialogueTurn] = []
    ) {
        self.history = history
        self.id = id
        self.question = question
        self.evidence = evidence
        self.relevance = relevance
    }
}
