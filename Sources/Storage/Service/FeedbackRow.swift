/// What somebody said of an answer.
package struct FeedbackRow: Sendable, Hashable {
    /// What was said.
    package enum Kind: String, Sendable, CaseIterable {
        /// Up or down, with a reason where it is down.
        case thumb
        /// What the answer should have been.
        case correction
        /// A source of the answer was opened.
        case citation
    }

    /// Its number; 0 before it is kept.
    package var id: Int64 = 0
    /// When, in seconds since 1970.
    package var time: Double
    package var kind: Kind
    /// Which answer, by the id of its request.
    package var answer: String
    /// Which release gave it; nil where settings were served that are no release.
    package var release: Int?
    /// Who, under a name that this project alone knows.
    package var rater: String
    /// From where, under such a name: raters who make up names have one.
    package var source: String
    /// 1 or −1; nil of others than thumbs.
    package var rating: Int?
    /// Why, of a fixed list.
    package var reason: String?
    /// What the rater wrote beside it.
    package var comment: String?
    /// The answer that the rater would have liked.
    package var correction: String?
    /// Of a citation: the document.
    package var document: String?
    /// What was asked, and what was answered; nil where the project keeps no texts.
    package var question: String?
    package var text: String?
    /// `page`, `api` or `terminal`.
    package var way: String
    /// Whether it counts; what comes in a flood is kept and does not.
    package var counts = true

    /// A row.
    package init(
        time: Double, kind: Kind, answer: String, release: Int?, rater: String, source: String, rating: Int? = nil,
        reason: String? = nil, comment: String? = nil, correction: String? = nil, document: String? = nil,
        question: String? = nil, text: String? = nil, way: String
    ) {
        self.time = time
        self.kind = kind
        self.answer = answer
        self.release = release
        self.rater = rater
        self.source = source
        self.rating = rating
        self.reason = reason
        self.comment = comment
        self.correction = correction
        self.document = document
        self.question = question
        self.text = text
        self.way = way
    }
}

/// How often the answers of a release were liked.
package struct ThumbCount: Sendable, Hashable {
    package let release: Int?
    package let up: Int
    package let down: Int
    /// How many came in floods, and are in neither.
    package let damped: Int
}

/// Two answers to one question that somebody was shown side by side.
package struct ComparisonRow: Sendable, Hashable {
    /// Its name, which only who was shown it knows.
    package let id: String
    /// When it was shown, in seconds since 1970.
    package let time: Double
    /// The releases in the order in which they were shown; 0 for settings that are no release.
    package let first: Int
    package let second: Int
    package let rater: String
    package let source: String
    package let question: String?
    /// `first`, `second` or `tie`; nil while nothing was said.
    package let outcome: String?
    package let counts: Bool

    /// A row.
    package init(
        id: String, time: Double, first: Int, second: Int, rater: String, source: String, question: String?,
        outcome: String? = nil,
        counts: Bool = true
    ) {
        self.id = id
        self.time = time
        self.first = first
        self.second = second
        self.rater = rater
        self.source = source
        self.question = question
        self.outcome = outcome
        self.counts = counts
    }
}
