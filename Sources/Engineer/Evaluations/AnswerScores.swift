internal import RAG

/// How the text of an answer compares with its golden answers; an abstention is a text without words. All are nil where
/// the question has no answer, or no golden one was written down.
struct AnswerScores: Sendable, Hashable {
    var exactMatch: Double?
    var tokenF1: Double?
    var rougeL: Double?
    var similarity: Double?

    init(_ measurement: AnswerMeasurement, similarity: Double?) {
        guard measurement.isAnswerable, let item = measurement.item else { return }
        let match = AnswerMatch(item.answer, golden: item.goldenAnswers)
        exactMatch = match?.exactMatch
        tokenF1 = match?.tokenF1
        rougeL = RougeL().score(item.answer, golden: item.goldenAnswers)
        self.similarity = similarity
    }
}
