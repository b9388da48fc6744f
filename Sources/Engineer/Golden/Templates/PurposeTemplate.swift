/// "To enable TLS, set …": "How do I enable TLS?"; "Use `X` to read a file": "How do I read a file?"
struct PurposeTemplate: QuestionTemplate {
    private static let orders: Set<String> = [
        "use", "call", "run", "set", "add", "pass", "create", "choose", "specify",
    ]

    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
    {
        let own = sentence.words
        return inFront(own, words) ?? behind(own, words)
    }

    /// "To enable TLS, you set …"
    private func inFront(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        let start = own[0] == "To" ? 1 : own.prefix(3).joined(separator: " ") == "In order to" ? 3 : 0
        guard start > 0, let end = own.prefix(14).firstIndex(where: { $0.hasSuffix(",") }), end > start else {
            return nil
        }
        let main = own[(end + 1)...]
        guard let first = main.first?.lowercased(), main.count >= 3 else { return nil }
        let isAdvice = first == "you" || Self.orders.contains(first) || first == "simply"
        let isDuty = main.prefix(6).contains { ["must", "needs"].contains($0.lowercased()) }
        guard isAdvice || isDuty, let purpose = purpose(own[start...end], words) else { return nil }
        return draft(
            isAdvice ? "How do I \(purpose)?" : "What does it take to \(purpose)?", Array(main),
            quality: isAdvice ? 1.5 : 1)
    }

    /// "Use X to read a file." "You can use X to read a file."
    private func behind(_ own: [String], _ words: QuestionWords) -> QuestionDraft? {
        let start = own.prefix(3).map { $0.lowercased() }.elementsEqual(["you", "can", "use"]) ? 2 : 0
        guard ["use", "call"].contains(own[start].lowercased()),
            let place = own.prefix(10).firstIndex(where: { $0 == "to" }), place > start + 1,
            !own[..<place].contains(where: { $0.hasSuffix(",") }), !EnglishClause.pointsElsewhere(own[..<place])
        else { return nil }
        let end = own[(place + 1)...].firstIndex { [",", ".", ";", ":"].contains($0.suffix(1)) } ?? own.count - 1
        guard let purpose = purpose(own[(place + 1)...end], words) else { return nil }
        return draft("How do I \(purpose)?", Array(own[start...]), quality: 1.5)
    }

    private func purpose(_ part: ArraySlice<String>, _ words: QuestionWords) -> String? {
        guard (2...10).contains(part.count), let verb = part.first, verb.allSatisfy(\.isLetter), !verb.hasSuffix("ing"),
            verb.first?.isLowercase == true, !["understand", "see", "learn", "do", "be", "know", "get"].contains(verb),
            !EnglishClause.pointsElsewhere(part)
        else { return nil }
        let content = part.dropFirst().filter { !CorpusNames.small.contains($0.lowercased()) }
        guard words.isSpecific(Array(content)) || content.count >= 3 else { return nil }
        return QuestionWords.turned(Array(part)).joined(separator: " ").trimming { ".,;:".contains($0) }
    }

    private func draft(_ question: String, _ answer: [String], quality: Double) -> QuestionDraft {
        QuestionDraft(
            kind: .howTo, question: question, answer: QuestionWords.answer(answer),
            why: "The sentence says how one does it.", quality: quality)
    }
}
