extension JudgeItem {
    /// A golden question with what was quoted for it, and the passages that the quotes stand in.
    package init(_ question: GoldenQuestion, _ answer: Answer) {
        let cited = Set(answer.quotes.map(\.passage)).sorted().filter(answer.passages.indices.contains)
        self.init(
            id: question.id, question: question.question,
            answer: answer.plainText, goldenAnswers: question.answers,
            passages: cited.map { answer.passages[$0].text })
    }
}
