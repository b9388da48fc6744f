/// "Streams are bounded because readers may be slow": "Why are streams bounded?"
struct ReasonTemplate: QuestionTemplate {
    private static let verbs: Set<String> = [
        "is", "are", "was", "were", "must", "should", "cannot", "can", "will", "could", "would",
    ]

    private static func isVerb(_ word: String) -> Bool {
        verbs.contains(word) || ["has", "have", "do", "does", "may"].contains(word)
            || word.count > 3 && ["ed", "es", "s"].contains { word.hasSuffix($0) }
    }

    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        guard let clause = EnglishClause(sentence.words, verbs: Self.verbs),
            let place = clause.rest.firstIndex(where: { $0.lowercased() == "because" }), (1...12).contains(place),
            clause.rest.count - place >= 5, clause.rest[place + 1].lowercased() != "of",
            clause.rest[place...].contains(where: { Self.isVerb($0.lowercased()) })
        else { return nil }
        let claim = clause.rest[..<place]
        guard !claim.dropLast().contains(where: { $0.hasSuffix(",") || $0.hasSuffix(";") }),
            !EnglishClause.pointsElsewhere(claim),
            !["not", "only", "simply", "partly", "just"].contains(claim.last?.lowercased() ?? ""),
            words.isSpecific(clause.subject) || words.isSpecific(clause.subject + claim)
        else { return nil }
        let predicate = QuestionWords.turned(Array(claim)).joined(separator: " ").trimming { ".,;:".contains($0) }
        let verb = clause.verb == "cannot" ? "can" : clause.verb
        let denial = clause.verb == "cannot" ? "not " : ""
        return QuestionDraft(
            kind: .reason, question: "Why \(verb) \(words.middle(clause.subject)) \(denial)\(predicate)?",
            answer: QuestionWords.answer(Array(clause.rest[place...])), why: "The sentence gives the reason.",
            quality: 1.5)
    }
}
