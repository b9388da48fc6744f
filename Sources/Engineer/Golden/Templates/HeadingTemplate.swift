/// The heading "Configuring the server" above a section: "How do I configure the server?"; a heading that is a question is
/// taken as it is.
struct HeadingTemplate: QuestionTemplate {
    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        guard let heading = sentence.opens else { return nil }
        let own = heading.split(separator: " ").map(String.init)
        guard (2...9).contains(own.count), !EnglishClause.pointsElsewhere(own) else { return nil }
        guard let question = question(own, words) else { return nil }
        // What stands first below a heading is an answer only if it says something of the heading's words.
        let content = Set(own.dropFirst().map { $0.lowercased().trimming { !$0.isLetter } }).subtracting(
            CorpusNames.small)
        let said = Set(sentence.words.map { $0.lowercased().trimming { !$0.isLetter } })
        guard !content.isDisjoint(with: said), !sentence.quote.hasSuffix(":"), !sentence.quote.contains("?") else {
            return nil
        }
        return QuestionDraft(
            kind: .howTo, question: question, answer: QuestionWords.answer(sentence.words),
            why: "It is the heading “\(heading)” as a question; the sentence is the first below it.",
            quality: heading.hasSuffix("?") ? 2 : 0.8)
    }

    private func question(_ own: [String], _ words: QuestionWords) -> String? {
        let rest = Array(own.dropFirst())
        if own[0].lowercased() == "how", own[1].lowercased() == "to", own.count > 3 {
            let action = words.middle(Array(own.dropFirst(2))).trimming { $0 == "?" }
            return "How do I \(action)?"
        }
        if own.last?.hasSuffix("?") == true, own.count > 3 { return QuestionWords.turned(own).joined(separator: " ") }
        guard own[0].hasSuffix("ing"), let verb = words.vocabulary.base(of: own[0]), !rest.isEmpty,
            words.isSpecific(rest) || rest.count >= 2, !["understand", "be", "get", "begin"].contains(verb)
        else { return nil }
        let object = rest.map { word in
            // Headings are often written with capitals throughout.
            !word.dropFirst().contains(where: \.isUppercase) && words.vocabulary.isCommon(word)
                ? word.lowercased() : word
        }
        return "How do I \(verb) \(object.joined(separator: " "))?"
    }
}
