/// "The Act was passed by Congress in 1887": "When was the Act passed by Congress?"
struct DateTemplate: QuestionTemplate {
    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        passive(sentence.words, words) ?? opening(sentence.words, words)
    }

    private func passive(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard let clause = EnglishClause(own, verbs: ["was", "were"]), words.isSpecific(clause.subject),
            let first = clause.rest.first, Self.isParticiple(first, words),
            let place = clause.rest.prefix(9).firstIndex(where: { ["in", "on"].contains($0.lowercased()) }),
            let date = Self.date(clause.rest[(place + 1)...])
        else { return nil }
        let action = clause.rest[..<place]
        guard !action.contains(where: { $0.hasSuffix(",") }), !EnglishClause.pointsElsewhere(action) else { return nil }
        return draft(
            "When \(clause.verb) \(words.middle(clause.subject)) \(action.joined(separator: " "))?", date)
    }

    /// "In 1887, Congress passed the Act."
    private func opening(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        guard own.count > 6, ["in", "on"].contains(own[0].lowercased()),
            let end = own.prefix(5).firstIndex(where: { $0.hasSuffix(",") }),
            let date = Self.date(own[1...end]), date.count == end
        else { return nil }
        let main = Array(own[(end + 1)...])
        guard
            let place = main.prefix(8).firstIndex(where: {
                $0.lowercased().hasSuffix("ed") && words.vocabulary.base(of: $0) != nil
            }),
            place > 0, let base = words.vocabulary.base(of: main[place])
        else { return nil }
        let subject = Array(main[..<place])
        let object = main[(place + 1)...].prefix { !$0.hasSuffix(",") && !$0.hasSuffix(".") }
        let whole = object + main[(place + 1 + object.count)...].prefix(1)
        guard EnglishClause.canStandAlone(subject), words.isSpecific(subject), (2...10).contains(whole.count),
            // "Gabelli v." ends no sentence.
            whole.last.map({ $0.count > 3 }) == true,
            !EnglishClause.pointsElsewhere(whole),
            !subject.contains(where: { ["has", "had", "was", "were", "have"].contains($0) })
        else { return nil }
        let predicate = whole.joined(separator: " ").trimming { ".,;:".contains($0) }
        return draft("When did \(words.middle(subject)) \(base) \(predicate)?", date)
    }

    private func draft(_ question: String, _ date: [String]) -> QuestionDraft {
        QuestionDraft(
            kind: .date, question: question, answer: QuestionWords.answer(date), why: "The sentence says when it was.",
            quality: 1.5)
    }

    static func isParticiple(_ word: String, _ words: QuestionWords) -> Bool {
        let word = word.lowercased()
        return CorpusVocabulary.participles.contains(word) || word.hasSuffix("ed") && word.count > 4
    }

    /// The words of a date at the beginning of some words: `1887`, `June 1933`, `16 June 1933`, `June 16, 1933`.
    static func date(_ words: ArraySlice<String>) -> [String]? {
        var found: [String] = []
        for word in words.prefix(3) {
            let plain = word.trimming { ".,;:".contains($0) }
            found.append(word.trimming { ".;:".contains($0) })
            if plain.count == 4, let year = Int(plain), (1000...2099).contains(year) {
                return found.dropLast() + [plain]
            }
            guard months.contains(plain) || (Int(plain).map { (1...31).contains($0) } ?? false) else { return nil }
        }
        return nil
    }

    private static let months: Set<String> = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
