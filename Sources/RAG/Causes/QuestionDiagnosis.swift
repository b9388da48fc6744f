/// What became of one question's evidence on its way through the pipeline.
package struct QuestionDiagnosis: Sendable, Hashable {
    /// The objective's value if everything behind a stage were perfect: an oracle's ceiling for that stage.
    package struct Ceilings: Sendable, Hashable {
        /// All evidence that stands in the parsed text is read at once.
        package var parsing: Double
        /// The passages with the evidence come first, whichever passages there are.
        package var chunking: Double
        /// Those among the candidates come first.
        package var pool: Double
        /// The order as it is.
        package var ranking: Double
        /// The share of the pieces that the quoted answer covers; nil where nobody asked.
        package var reading: Double?

        package init(parsing: Double, chunking: Double, pool: Double, ranking: Double, reading: Double? = nil) {
            self.parsing = parsing
            self.chunking = chunking
            self.pool = pool
            self.ranking = ranking
            self.reading = reading
        }
    }

    /// The question's id.
    package var id: String
    /// For each piece of evidence why it is missing from the context; nil where it is there.
    package var pieces: [FailureCause?]
    /// Whether the quoted answer covers some piece; nil where nobody asked.
    package var isQuoted: Bool?
    package var ceilings: Ceilings

    package init(id: String, pieces: [FailureCause?], isQuoted: Bool? = nil, ceilings: Ceilings) {
        self.id = id
        self.pieces = pieces
        self.isQuoted = isQuoted
        self.ceilings = ceilings
    }

    /// The first stage that lost something; nil where nothing is missing.
    package var cause: FailureCause? {
        pieces.compactMap { $0 }.min() ?? (isQuoted == false ? .misread : nil)
    }
}
