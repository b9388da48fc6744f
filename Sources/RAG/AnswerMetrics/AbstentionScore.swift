/// Precision and recall of abstentions, where an abstention is right if the documents do not answer the question.
package struct AbstentionScore: Sendable, Hashable {
    /// Of the abstentions, the share that was right; nil where there was none.
    package var precision: Double?
    /// Of the questions that have no answer, the share that was abstained from; nil where every question has one.
    package var recall: Double?

    /// Counts the answers to questions.
    package init(_ answers: some Sequence<(isAnswerable: Bool, abstained: Bool)>) {
        var (abstentions, unanswerable, right) = (0, 0, 0)
        for answer in answers {
            if answer.abstained { abstentions += 1 }
            if !answer.isAnswerable { unanswerable += 1 }
            if answer.abstained, !answer.isAnswerable { right += 1 }
        }
        precision = abstentions == 0 ? nil : Double(right) / Double(abstentions)
        recall = unanswerable == 0 ? nil : Double(right) / Double(unanswerable)
    }
}
