package import Base

/// Something about a golden set that its author should know before a number is read from it.
package struct GoldenFinding: Sendable, Hashable, Codable {
    /// What kind of thing.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// A row with something that is not understood, such as an unknown key.
        case row
        /// A quote that stands in no document, or a document that does not exist.
        case unresolved
        /// Two questions with the same words.
        case duplicate
        /// Two questions with nearly the same words.
        case nearDuplicate = "near-duplicate"
        /// A question in its quote's own words: whoever searches by words finds it without understanding.
        case copiesQuote = "copies-quote"
        /// A quote that stands in a document, too, which the question does not name.
        case answeredElsewhere = "answered-elsewhere"
        /// Questions that say the same and expect different things.
        case contradiction
        /// Too few questions that the documents do not answer.
        case fewUnanswerable = "few-unanswerable"
        /// Documents in a language that the encoder was not made for.
        case language
    }

    package var kind: Kind
    package var severity: Diagnostic.Severity
    /// A sentence that says what it is and what to do.
    package var message: String
    /// The questions that it is about.
    package var questions: [String]

    package init(_ kind: Kind, _ severity: Diagnostic.Severity, _ message: String, questions: [String] = []) {
        self.kind = kind
        self.severity = severity
        self.message = message
        self.questions = questions
    }
}
