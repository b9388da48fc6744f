internal import Base

extension Interview {
    /// What is asked while the documents are still being read: a contradiction, or what does not depend on what is found in
    /// them. Nil where the rest has to wait.
    package var nextBeforeDocuments: Step? {
        if let next, next.conflict != nil { return next }
        var waiting: Set<String> = []
        for question in questionnaire.questions where state.current(question.id) == nil {
            // What an earlier answer decides waits for that answer.
            if question.looksAtDocuments || !question.names.isDisjoint(with: waiting) {
                waiting.insert(question.id)
            } else if applies(question) {
                return step(question)
            }
        }
        return nil
    }
}

extension Questionnaire.Question {
    /// What its condition and its suggestions look at.
    fileprivate var names: Set<String> { suggestions.reduce(when.names) { $0.union($1.when.names) } }

    /// Whether it, or what it suggests, depends on what is found in the documents.
    fileprivate var looksAtDocuments: Bool {
        let texts = [ask] + suggestions.flatMap { [$0.why, $0.value.string ?? ""] }
        return names.contains { $0.hasPrefix("survey.") } || texts.contains { $0.contains("{survey.") }
    }
}
