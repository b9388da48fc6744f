internal import Base
package import Retrieval

/// Looks over a golden set, by its words alone: whether quotes stand where they should is `EvidenceResolver`'s.
package struct GoldenCheck: Sendable {
    /// From this similarity on, two questions are one in other words.
    private static let nearDuplicate = 0.8
    /// So many words of a quote in a row are copied, not asked.
    private static let copiedRun = 7
    /// Fewer questions that cannot be answered say little about abstaining.
    private static let leastUnanswerable = 5

    private let questions: [GoldenQuestion]
    private let documents: [Document]

    package init(_ questions: [GoldenQuestion], documents: [Document]) {
        self.questions = questions
        self.documents = documents
    }

    /// All findings, kind by kind.
    package func findings() -> [GoldenFinding] {
        duplicates() + copies() + ElsewhereSearch(questions, documents: documents).findings() + unanswerable()
    }

    private func duplicates() -> [GoldenFinding] {
        let words = questions.map { SimilarTexts.words($0.question) }
        return SimilarTexts.pairs(words, threshold: Self.nearDuplicate).flatMap { pair -> [GoldenFinding] in
            let (first, second) = (questions[pair.first], questions[pair.second])
            let isSame = pair.similarity == 1
            let share = Int(pair.similarity * 100)
            let likeness = isSame ? "ask the same" : "ask nearly the same (\(share) % of their words)"
            var found = [
                GoldenFinding(
                    isSame ? .duplicate : .nearDuplicate, .warning,
                    "\(first.id) and \(second.id) \(likeness): together they count twice what one would. Leave one out, "
                        + "or give both one `group`.",
                    questions: [first.id, second.id])
            ]
            if let reason = contradiction(first, second) {
                found.append(
                    GoldenFinding(
                        .contradiction, isSame ? .error : .warning,
                        "\(first.id) and \(second.id) \(likeness), but \(reason). Mend the wrong one.",
                        questions: [first.id, second.id]))
            }
            return found
        }
    }

    /// Why two like questions cannot both be right.
    private func contradiction(_ first: GoldenQuestion, _ second: GoldenQuestion) -> String? {
        if first.isAnswerable != second.isAnswerable {
            return "only \(first.isAnswerable ? first.id : second.id) is said to have an answer"
        }
        guard !first.answers.isEmpty, !second.answers.isEmpty else { return nil }
        let left = first.answers.reduce(into: Set<UInt64>()) { $0.formUnion(SimilarTexts.words($1)) }
        let right = second.answers.reduce(into: Set<UInt64>()) { $0.formUnion(SimilarTexts.words($1)) }
        return left.isDisjoint(with: right) ? "their answers share no word" : nil
    }

    private func copies() -> [GoldenFinding] {
        questions.compactMap { question in
            let own = NormalizedText(Array(question.question.utf8)).wordHashes()
            let runs = question.evidence.joined().map { quote in
                Self.longestRun(own, NormalizedText(Array(quote.quote.utf8)).wordHashes())
            }
            let longest = runs.max() ?? 0
            guard longest >= Self.copiedRun || (longest >= 4 && longest * 10 >= own.count * 7) else { return nil }
            return GoldenFinding(
                .copiesQuote, .warning,
                "\(question.id) asks with \(longest) words of its own quote in a row: a search by words finds that "
                    + "without understanding. Ask as somebody would who has not read the document.",
                questions: [question.id])
        }
    }

    /// The length of the longest run of words that two texts share.
    private static func longestRun(_ left: [UInt64], _ right: [UInt64]) -> Int {
        var best = 0
        var above = Array(repeating: 0, count: right.count + 1)
        for word in left {
            var row = Array(repeating: 0, count: right.count + 1)
            for (place, other) in right.enumerated() where word == other {
                row[place + 1] = above[place] + 1
                best = max(best, row[place + 1])
            }
            above = row
        }
        return best
    }

    private func unanswerable() -> [GoldenFinding] {
        let count = questions.count { !$0.isAnswerable }
        guard count < Self.leastUnanswerable else { return [] }
        let said =
            count == 0
            ? "Every question is said to have an answer"
            : "Only \(count) of the questions \(count == 1 ? "is" : "are") said to have no answer"
        return [
            GoldenFinding(
                .fewUnanswerable, .warning,
                "\(said), so hardly anything is learnt of when to abstain. Add at least \(Self.leastUnanswerable) that the "
                    + "documents do not answer, though near to what they tell, with `\"answerable\": false`.")
        ]
    }
}
