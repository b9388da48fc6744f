/// What a project's documents and questions are like, in numbers: what tells whether another project was similar.
///
/// Held-out questions are not looked at, because what is chosen by these numbers is searched.
package struct KnowledgeFeatures: Sendable, Hashable, Codable {
    /// The language of most documents, as an ISO 639-1 code; `unknown` where it cannot be told.
    package var language: String
    /// The numbers by name; one that means nothing here is left out.
    package var values: [String: Double]

    /// The names, each with what it says.
    package static let names: [(name: String, meaning: String)] = [
        ("documents", "documents"),
        ("characters", "characters of all documents"),
        ("characters_p10", "characters of a document: the 10th percentile"),
        ("characters_p50", "the median"),
        ("characters_p90", "the 90th percentile"),
        ("vocabulary", "different words, in at most 2,000 documents and 20,000 bytes of each"),
        ("type_token_ratio", "different words among 200 in a row, as a share: the mean"),
        ("headings", "headings in 10,000 characters"),
        ("tables", "tables in 10,000 characters"),
        ("code", "blocks of code in 10,000 characters"),
        ("lists", "lists in 10,000 characters"),
        ("duplicates", "share of documents that repeat another one, or nearly"),
        ("questions", "questions that the search sees"),
        ("question_words", "words of a question: the mean"),
        ("question_what", "share of questions that begin with what or which"),
        ("question_how", "… with how"),
        ("question_why", "… with why"),
        ("question_who", "… with who, whom or whose"),
        ("question_when", "… with when or where"),
        ("question_yes_no", "… with a verb such as is, does or can"),
        ("unanswerable", "share of questions that the documents do not answer"),
        ("graded", "share of questions that are judged by whole documents, not by quotes"),
        ("quotes", "quotes, or relevant documents, of a question: the mean"),
        ("quote_words", "words of a quote: the mean"),
        ("evidence_documents", "documents that a question needs: the mean"),
        ("overlap", "share of a question's words that its quotes have, too: the mean"),
        ("overlap_documents", "share of a question's words that a relevant document has, too: the mean"),
    ]

    /// Of these the logarithm counts: ten times as much is as far from as much as a hundred times is from ten times.
    static let sizes: Set<String> = [
        "documents", "characters", "characters_p10", "characters_p50", "characters_p90", "vocabulary", "questions",
        "quote_words", "quotes",
    ]
}
