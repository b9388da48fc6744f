internal import Base
internal import RAG
internal import Storage

/// A question whose answer people did not like, with all that they said of it.
struct ReportedQuestion: Sendable, Hashable {
    var question: String
    /// How many people; one who says it often is one.
    var people: Int
    var reasons: [FeedbackReason]
    /// The answers that people would have liked, the newest first.
    var corrections: [String]
    /// How far it is from what is asked already: 1 is a question of which no word is.
    var novelty: Double

    /// Edge cases first: what many people miss and no golden question is near to. A correction says more than a thumb.
    var weight: Double { (Double(people) + (corrections.isEmpty ? 0 : 1)) * (0.2 + novelty) }
}

/// Finds the questions that are worth a golden row in what people said.
enum FeedbackMining {
    /// The questions, the most worthwhile first.
    ///
    /// - Parameter nearness: how near the nearest golden question is to one, from 0 to 1.
    static func questions(_ rows: [FeedbackRow], nearness: (String) -> Double) -> [ReportedQuestion] {
        let bad = rows.filter { row in
            row.counts && (row.kind == .correction || row.kind == .thumb && row.rating == -1)
                && row.question?.contains { !$0.isWhitespace } == true
        }
        return Dictionary(grouping: bad) { SimilarTexts.words($0.question ?? "") }.values.compactMap { same in
            let newest = same.sorted { $0.id > $1.id }
            guard let question = newest.first?.question else { return nil }
            var corrections: [String] = []
            for correction in newest.compactMap(\.correction) where !corrections.contains(correction) {
                corrections.append(correction)
            }
            return ReportedQuestion(
                question: question, people: Set(same.map(\.rater)).count,
                reasons: newest.compactMap { $0.reason.flatMap(FeedbackReason.init) }, corrections: corrections,
                novelty: 1 - nearness(question))
        }
        .sorted { ($1.weight, $0.question) < ($0.weight, $1.question) }
    }
}
