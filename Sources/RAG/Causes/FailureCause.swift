/// Why a piece of evidence did not reach the reader: the first stage that lost it, in the order of the pipeline.
package enum FailureCause: String, Sendable, Hashable, Codable, CaseIterable {
    /// The quote does not stand in the text that the parser made of the document.
    case notParsed = "not-parsed"
    /// No single passage of this chunking holds half of it, which is what counts as found.
    case cutInTwo = "cut-in-two"
    /// Neither half of the retriever, at its full depth, has a passage with half of it.
    case notInPool = "not-in-pool"
    /// It was within the context before reranking, and is not after.
    case lostByReranker = "lost-by-reranker"
    /// It was among the candidates, but behind the end of the context.
    case outranked
    /// It is in the context, and the quoted answer covers none of it, or there was none.
    case misread
}

extension FailureCause: Comparable {
    package static func < (left: FailureCause, right: FailureCause) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
