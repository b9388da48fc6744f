package import Base

/// What an import did.
package struct ImportSummary: Sendable, Encodable {
    /// Something that was left out, and how often.
    package struct Dropped: Sendable, Encodable, Hashable {
        /// Why.
        package var reason: String
        /// How often.
        package var count: Int
    }

    /// The format that was recognised: BEIR, JSONL, context-grid, ragas, CSV or JSON list.
    package var format: String
    /// How many questions were written.
    package var questions: Int
    /// How many evidence quotes they have.
    package var quotes: Int
    /// How many documents the set brought; nil where it brings none.
    package var documents: Int?
    /// How many things were left out.
    package var dropped: Int
    /// The same, by reason.
    package var reasons: [Dropped]
    /// The files that were written.
    package var files: [String]
    /// What was wrong with the input.
    package var diagnostics: [Diagnostic]
}
