/// How good the answer to one golden question was.
package struct AnswerMeasurement: Sendable, Hashable {
    /// The question's id.
    package var id: String
    /// Whether the documents answer it at all.
    package var isAnswerable: Bool
    /// Whether something was quoted.
    package var isAnswered: Bool
    /// Which of the quotes, from 1, completes a piece of evidence; nil where none does.
    package var foundAt: Int?
    /// How many sentences were quoted.
    package var quotes: Int
    /// How many bytes were quoted.
    package var quotedBytes: Int
    /// How many of them are evidence.
    package var evidenceBytes: Int
    /// Whether something was quoted when the documents with the evidence were withheld; nil where there is none.
    package var isAnsweredWithheld: Bool?
    /// What was asked and quoted, for measures of the text and for judges.
    package var item: JudgeItem?
    /// How the passages that the quotes stand in compare with the evidence; nil where nothing was quoted.
    package var citations: CitationScore?

    package init(
        id: String, isAnswerable: Bool, isAnswered: Bool, foundAt: Int? = nil, quotes: Int = 0, quotedBytes: Int = 0,
        evidenceBytes: Int = 0, isAnsweredWithheld: Bool? = nil, item: JudgeItem? = nil, citations: CitationScore? = nil
    ) {
        self.id = id
        self.isAnswerable = isAnswerable
        self.isAnswered = isAnswered
        self.foundAt = foundAt
        self.quotes = quotes
        self.quotedBytes = quotedBytes
        self.evidenceBytes = evidenceBytes
        self.isAnsweredWithheld = isAnsweredWithheld
        self.item = item
        self.citations = citations
    }
}
