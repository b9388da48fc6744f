/// "If the buffer is full, the writer waits": "What happens if the buffer is full?"
struct ConditionTemplate: QuestionTemplate {
    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        let own = sentence.words
        let opener = own[0].lowercased()
        guard ["if", "when"].contains(opener), let end = own.prefix(16).firstIndex(where: { $0.hasSuffix(",") }),
            (4...14).contains(end)
        else { return nil }
        let condition = Array(own[1...end])
        let outcome = Array(own[(end + 1)...])
        guard outcome.count >= 4, !EnglishClause.pointsElsewhere(condition), condition[0].first?.isLetter == true,
            !["using", "you're", "you", "doing", "not"].contains(condition[0].lowercased()),
            // What one is told to do is no consequence.
            !["you", "use", "please", "see", "make", "consider", "try", "call", "set"].contains(
                outcome[0].lowercased()),
            words.isSpecific(condition.filter { !CorpusNames.small.contains($0.lowercased()) })
        else { return nil }
        let plain = words.middle(condition).trimming { ".,;:".contains($0) }
        let isPast = opener == "when" && condition.contains { ["was", "were", "became", "had"].contains($0) }
        return QuestionDraft(
            kind: .condition, question: "What \(isPast ? "happened" : "happens") \(opener) \(plain)?",
            answer: QuestionWords.answer(outcome),
            why: "The sentence says what follows.", quality: outcome.contains("then") ? 1.5 : 1)
    }
}
