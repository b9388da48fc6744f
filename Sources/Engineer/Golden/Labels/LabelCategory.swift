/// What a person says of a question with its answer and passage.
package enum LabelCategory: String, Sendable, CaseIterable {
    /// A user might ask it, and the answer is right and stands in the passage.
    case good
    /// One of these is not so.
    case wrong
    /// It cannot be told.
    case unclear
}

/// How the ledger knows people's time.
enum LabelCost {
    /// The role in the ledger.
    static let role = "label"
    /// Nobody looks at one question for longer; somebody went for coffee.
    static let longest = 600.0
}
