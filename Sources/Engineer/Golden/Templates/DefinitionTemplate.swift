/// "A mutex is a lock that …": "What is a mutex?"
struct DefinitionTemplate: QuestionTemplate {
    private static let verbs: Set<String> = ["is", "are", "was", "were", "refers", "means"]
    private static let complements: Set<String> = ["a", "an", "the", "any"]
    /// What says how something is, and not what it is.
    private static let judgements: Set<String> = [
        "good", "bad", "common", "great", "key", "important", "useful", "part", "result", "matter", "problem", "case",
        "reason", "way", "lot", "few", "very", "best", "better", "same", "only", "first", "major", "little", "bit",
        "member", "example", "question", "number", "wide", "variety", "second", "third", "most", "main", "perfect",
        "simple", "fine", "long", "large", "small", "critical", "crucial", "central", "powerful", "convenient",
    ]

    /// What one is, and not a thing.
    private static let professions: Set<String> = [
        "professor", "founder", "author", "politician", "lawyer", "judge", "mathematician", "economist", "philosopher",
        "engineer", "physicist", "scientist", "writer", "historian", "president", "king", "queen", "activist",
    ]

    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        let own = Self.withoutAside(sentence.words)
        guard let clause = EnglishClause(own, verbs: Self.verbs, longestSubject: 5), clause.rest.count >= 4 else {
            return nil
        }
        var rest = clause.rest
        switch clause.verb {
        case "refers":
            guard rest.first == "to" else { return nil }
            rest.removeFirst()
        case "means": if rest.first?.lowercased() == "that" { return nil }
        case "is", "was":
            guard let first = rest.first?.lowercased(), Self.complements.contains(first) else { return nil }
        default:
            // "Mutexes are locks that …": what they are, if a noun comes and not how they are.
            guard
                let end = rest.prefix(6).firstIndex(where: { ["that", "which", "for", "of"].contains($0.lowercased()) }
                ),
                end > 0, rest[end - 1].hasSuffix("s"), let first = rest.first,
                !["ed", "ly", "able", "ible"].contains(where: { first.hasSuffix($0) }),
                !["often", "also", "not", "always", "never"].contains(first.lowercased())
            else { return nil }
        }
        guard !rest.prefix(3).contains(where: { Self.judgements.contains($0.lowercased().trimming { !$0.isLetter }) })
        else { return nil }
        let article = clause.subject[0].lowercased()
        let named = ["a", "an", "the"].contains(article) ? Array(clause.subject.dropFirst()) : clause.subject
        guard !named.isEmpty, named.count <= 4, !named.contains(where: { $0.lowercased() == "of" && article == "the" })
        else { return nil }
        let isTitle = words.names.isTitle(named)
        guard isTitle || ["a", "an"].contains(article) || words.isSpecific(named) else { return nil }
        let verb = ["are", "were"].contains(clause.verb) ? clause.verb : clause.verb == "was" ? "was" : "is"
        let isPerson = rest.prefix(7).contains { Self.professions.contains($0.lowercased().trimming { !$0.isLetter }) }
        return QuestionDraft(
            kind: .definition, question: "\(isPerson ? "Who" : "What") \(verb) \(words.middle(clause.subject))?",
            answer: QuestionWords.answer(rest),
            why: "The sentence says what \(words.middle(clause.subject)) \(verb).",
            quality: isTitle ? 2 : ["a", "an"].contains(article) ? 1.5 : 1)
    }

    /// "Actus reus, sometimes called the guilty act, is …": without what stands between the commas.
    static func withoutAside(_ words: [String]) -> [String] {
        guard let open = words.prefix(5).firstIndex(where: { $0.hasSuffix(",") }),
            let close = words[(open + 1)...].prefix(12).firstIndex(where: { $0.hasSuffix(",") }),
            close + 1 < words.count,
            DefinitionTemplate.verbs.contains(words[close + 1].lowercased())
        else { return words }
        return Array(words[..<open]) + [String(words[open].dropLast())] + words[(close + 1)...]
    }
}
