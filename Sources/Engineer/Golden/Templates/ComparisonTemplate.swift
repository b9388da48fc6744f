/// "Unlike a class, a structure is copied": "What is the difference between a structure and a class?"
struct ComparisonTemplate: QuestionTemplate {
    private static let verbs: Set<String> = [
        "is", "are", "was", "were", "can", "cannot", "has", "have", "does", "do", "must", "will", "may", "uses",
        "requires", "allows", "provides", "returns", "differs", "differ", "needs", "takes", "makes",
    ]

    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        let own = sentence.words
        return unlike(own, words) ?? differs(own, words) ?? whereas(own, words)
    }

    private func unlike(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard own[0] == "Unlike", let end = own.prefix(8).firstIndex(where: { $0.hasSuffix(",") }), end > 0,
            let clause = EnglishClause(Array(own[(end + 1)...]), verbs: Self.verbs)
        else { return nil }
        return draft(clause.subject, Array(own[1...end]), own, words)
    }

    private func differs(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard let clause = EnglishClause(own, verbs: ["differs", "differ"]), clause.rest.first == "from",
            let end = clause.rest.dropFirst().prefix(7).firstIndex(where: {
                ["in", "because", "by", "as", "since"].contains($0.lowercased()) || $0.hasSuffix(",")
            }), end > 1
        else { return nil }
        let isComma = clause.rest[end].hasSuffix(",")
        return draft(clause.subject, Array(clause.rest[1...(isComma ? end : end - 1)]), own, words)
    }

    private func whereas(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard let place = own.firstIndex(where: { $0.lowercased() == "whereas" }), place > 3, place + 4 < own.count,
            let left = EnglishClause(Array(own[..<place]), verbs: Self.verbs, longestSubject: 5),
            let right = EnglishClause(Array(own[(place + 1)...]), verbs: Self.verbs, longestSubject: 5)
        else { return nil }
        return draft(left.subject, right.subject, own, words)
    }

    private func draft(
        _ first: [String], _ second: [String], _ own: [String], _ words: QuestionWords
    ) -> QuestionDraft? {
        let second = second.map { $0.trimming { ".,;:".contains($0) } }
        guard EnglishClause.canStandAlone(second), second.count <= 5, first.count <= 5,
            words.isSpecific(first + second),
            first.map({ $0.lowercased() }) != second.map({ $0.lowercased() })
        else { return nil }
        return QuestionDraft(
            kind: .comparison,
            question: "What is the difference between \(words.middle(first)) and \(words.middle(second))?",
            answer: QuestionWords.answer(own), why: "The sentence tells the two apart.", quality: 1.5)
    }
}
