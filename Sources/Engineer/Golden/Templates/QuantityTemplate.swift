/// "The library has three layers": "How many layers does the library have?"; "The default timeout is 30 seconds": "What is
/// the default timeout?"
struct QuantityTemplate: QuestionTemplate {
    private static let verbs = [
        "has": "have", "have": "have", "contains": "contain", "contain": "contain", "includes": "include",
        "supports": "support", "requires": "require", "comprises": "comprise", "offers": "offer", "needs": "need",
        "provides": "provide", "takes": "take", "holds": "hold", "defines": "define", "had": "have",
    ]
    private static let plural: Set<String> = ["have", "contain"]
    static let numbers: Set<String> = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
        "thirty", "forty", "fifty", "hundred", "thousand",
    ]

    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        counted(sentence.words, words) ?? amount(sentence.words, words)
    }

    private func counted(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard let clause = EnglishClause(own, verbs: Set(Self.verbs.keys)), words.isSpecific(clause.subject),
            let number = clause.rest.first, Self.isNumber(number), let base = Self.verbs[clause.verb],
            !clause.subject.contains(where: {
                ["can", "may", "will", "to", "must", "should", "could", "would"].contains($0)
            })
        else { return nil }
        let nouns = clause.rest.dropFirst().prefix(4)
        guard let last = nouns.firstIndex(where: { Self.isPlural($0) }) else {
            return nil
        }
        let thing = nouns[...last].map { $0.trimming { ".,;:".contains($0) } }
        guard !thing.contains(where: { CorpusNames.small.contains($0.lowercased()) }),
            !EnglishClause.pointsElsewhere(thing)
        else { return nil }
        let auxiliary = clause.verb == "had" ? "did" : Self.plural.contains(clause.verb) ? "do" : "does"
        let noun = thing.joined(separator: " ")
        return QuestionDraft(
            kind: .number,
            question: "How many \(noun) \(auxiliary) \(words.middle(clause.subject)) \(base)?",
            answer: QuestionWords.answer([number] + thing), why: "The sentence gives the number.", quality: 1.5)
    }

    private func amount(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard let clause = EnglishClause(own, verbs: ["is", "was"]), words.isSpecific(clause.subject),
            clause.subject.count >= 2, ["the", "a", "an"].contains(clause.subject[0].lowercased()),
            let first = clause.rest.first, first.contains(where: \.isNumber),
            first.first.map({ $0.isNumber || "$€£".contains($0) }) == true
        else { return nil }
        var value = clause.rest.prefix(4)
        if let end = value.firstIndex(where: { $0.hasSuffix(".") || $0.hasSuffix(",") }) { value = value[...end] }
        guard value.count < 4 else { return nil }
        return QuestionDraft(
            kind: .number, question: "What \(clause.verb) \(words.middle(clause.subject))?",
            answer: QuestionWords.answer(Array(value)), why: "The sentence gives the number.", quality: 1.5)
    }

    private static func isPlural(_ word: String) -> Bool {
        let word = word.trimming { !$0.isLetter }
        return word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
    }

    private static func isNumber(_ word: String) -> Bool {
        numbers.contains(word.lowercased())
            || (Int(word.replacing(",", with: "")).map { $0 > 1 && !(1900...2099).contains($0) } ?? false)
    }
}
