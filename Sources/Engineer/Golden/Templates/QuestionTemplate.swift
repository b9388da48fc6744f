/// Makes a question of a sentence, where the sentence has a certain form.
protocol QuestionTemplate: Sendable {
    /// The question and its answer; nil where the sentence has another form.
    func draft(_ sentence: PassageMaterial.Sentence, in material: PassageMaterial, _ words: QuestionWords)
        -> QuestionDraft?
}

/// A question of a template, before it is known where it stands.
struct QuestionDraft: Sendable, Hashable {
    var kind: QuestionCandidate.Kind
    var question: String
    var answer: String
    var why: String
    var quality = 1.0
}

/// The templates for sentences; what comes earlier is preferred where several fit.
enum QuestionTemplates {
    static let all: [any QuestionTemplate] = [
        ComparisonTemplate(), DateTemplate(), QuantityTemplate(), ReasonTemplate(), PurposeTemplate(),
        ConditionTemplate(), DefinitionTemplate(), HeadingTemplate(),
    ]

    /// Whether a question can be shown to a person at all.
    static func isWellFormed(_ question: String) -> Bool {
        guard (12...160).contains(question.count), question.hasSuffix("?") else { return false }
        let marks = question.dropLast()
        guard !marks.contains(where: { "?;:[]{}<>|@=".contains($0) }), !marks.contains("…") else { return false }
        func isBalanced(_ open: Character, _ close: Character) -> Bool {
            marks.count { $0 == open } == marks.count { $0 == close }
        }
        return isBalanced("(", ")") && isBalanced("“", "”") && marks.count { $0 == "\"" } % 2 == 0
            && marks.split(separator: " ").count >= 3
    }
}
