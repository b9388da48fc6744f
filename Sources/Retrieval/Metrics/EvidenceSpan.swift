/// A piece of a document that holds the evidence for an answer.
public struct EvidenceSpan: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// Where the evidence stands in the document's text, as UTF-8 offsets.
    public var range: Range<Int>

    /// A piece of evidence.
    public init(document: DocumentID, range: Range<Int>) {
        self.document = document
        self.range = range
    }
}
