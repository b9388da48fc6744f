internal import AutoML
internal import Base
internal import RAG

/// The questions that answers are measured on: those with golden answers, and those that the documents do not answer,
/// without which a model that always says something would look best.
struct AnswerQuestions {
    /// What the search of answers sees.
    let search: [String]
    /// What only the final estimate sees; empty where the search of retrieval holds none out.
    let heldOut: [String]
    /// All of them.
    let all: [ResolvedQuestion]

    /// Draws at most `limit` questions for each side, by the seed alone.
    init(_ golden: ProjectGolden, split: GoldenSplit, limit: Int, seed: UInt64) {
        let usable = golden.set.questions.filter { !$0.question.isAnswerable || !$0.question.answers.isEmpty }
        let drawn = usable.map(\.question.id)
            .map { (id: $0, order: Self.order(of: $0, seed: seed)) }
            .sorted { ($0.order, $0.id) < ($1.order, $1.id) }
        let heldOut = Set(split.heldOut)
        let search = Set(split.search)
        let answerable = Set(usable.filter(\.question.isAnswerable).map(\.question.id))
        func isHeldOut(_ question: (id: String, order: String)) -> Bool {
            guard !answerable.contains(question.id) else { return heldOut.contains(question.id) }
            return !heldOut.isEmpty && Self.isHeldOut(unanswerable: question.id, seed: seed)
        }
        let kept = drawn.filter { !answerable.contains($0.id) || heldOut.contains($0.id) || search.contains($0.id) }
        self.search = kept.filter { !isHeldOut($0) }.prefix(limit).map(\.id)
        self.heldOut = kept.filter(isHeldOut).prefix(limit).map(\.id)
        let used = Set(self.search + self.heldOut)
        all = usable.filter { used.contains($0.question.id) }
    }

    /// Questions without an answer are on neither side of the split of retrieval; where that holds some out, two of five
    /// of them are, too.
    static func isHeldOut(unanswerable id: String, seed: UInt64) -> Bool {
        order(of: id, seed: seed).utf8.last.map { $0 % 5 < 2 } ?? false
    }

    private static func order(of id: String, seed: UInt64) -> String { ContentHash(of: "\(seed) answers \(id)").hex }

    /// Whether there are enough to say anything.
    var areUsable: Bool { search.count >= 2 && all.contains { $0.question.isAnswerable } }
}
