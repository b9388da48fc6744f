package import Base

/// A sentence of a document that supports an answer.
package struct EvidenceQuote: Sendable, Hashable {
    /// The document, as the golden row calls it.
    package var document: String
    /// The words, as the golden row has them.
    package var quote: String

    package init(document: String, quote: String) {
        self.document = document
        self.quote = quote
    }
}

/// A question with the answers that its author would accept, and where they stand.
package struct GoldenQuestion: Sendable, Hashable {
    /// Names the question; unique in its set.
    package var id: String
    /// The question.
    package var question: String
    /// The answers that count as right.
    package var answers: [String]
    /// All of the outer list are needed; of each inner list any one.
    package var evidence: [[EvidenceQuote]]
    /// How relevant whole documents are, by id: 0 not at all, more is better. For imported sets.
    package var relevance: [String: Int]
    /// Whether the documents answer the question at all.
    package var isAnswerable: Bool
    /// The kind of question, e.g. `factual`; splits are stratified by it.
    package var type: String?
    /// Questions of one group stay on one side of a split.
    package var group: String?
    /// The side of the split that the author chose.
    package var split: Split?
    /// What was said before the question, the oldest first.
    package var history: [DialogueTurn] = []

    /// A side of a split.
    package enum Split: String, Sendable, Hashable {
        case search
        case heldOut = "held-out"

        /// Reads the names in use: `search`, `train`, `dev`; `held-out`, `test`.
        package init?(named name: String) {
            switch name.lowercased() {
            case "search", "train", "dev", "validation": self = .search
            case "held-out", "held_out", "heldout", "holdout", "test": self = .heldOut
            default: return nil
            }
        }
    }

    package init(
        id: String, question: String, answers: [String] = [], evidence: [[EvidenceQuote]] = [],
        relevance: [String: Int] = [:], isAnswerable: Bool = true, type: String? = nil, group: String? = nil,
        split: Split? = nil, history: [DialogueTurn] = []
    ) {
        self.history = history
        self.id = id
        self.question = question
        self.answers = answers
        self.evidence = evidence
        self.relevance = relevance
        self.isAnswerable = isAnswerable
        self.type = type
        self.group = group
        self.split = split
    }

    /// Whether it is one that a retriever can be judged on, if its evidence stands in the documents.
    package var asksForEvidence: Bool {
        isAnswerable && (!evidence.isEmpty || relevance.values.contains { $0 > 0 })
    }

    /// The row of `golden.jsonl`; reading it gives the question again.
    package var json: JSONValue {
        var row: [String: JSONValue] = ["id": .string(id), "question": .string(question)]
        row["answers"] = .array(answers.map { .string($0) })
        if !evidence.isEmpty {
            row["evidence"] = .array(
                evidence.map { choices in
                    let quotes = choices.map { quote -> JSONValue in
                        ["document": .string(quote.document), "quote": .string(quote.quote)]
                    }
                    return quotes.count == 1 ? quotes[0] : ["any_of": .array(quotes)]
                }
            )
        }
        if !relevance.isEmpty { row["relevant"] = .object(relevance.mapValues { .integer($0) }) }
        if !isAnswerable { row["answerable"] = false }
        row["type"] = type.map { .string($0) }
        row["group"] = group.map { .string($0) }
        row["split"] = split.map { .string($0.rawValue) }
        if !history.isEmpty {
            row["history"] = .array(
                history.map { ["role": $0.isAnswer ? "assistant" : "user", "content": .string($0.text)] })
        }
        return .object(row)
    }
}
