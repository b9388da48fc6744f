/// A passage: the unit that is indexed, found and shown.
public struct Chunk: Sendable, Hashable, Codable {
    /// The document that it was cut from.
    public var document: DocumentID
    /// Where it stands in that document's text, as UTF-8 offsets.
    public var range: Range<Int>
    /// The document's text in that range, to the letter.
    public var text: String
    /// The titles of the headings that it stands under, outermost first; one that it opens with is among them.
    public var headings: [String]

    /// A chunk.
    public init(document: DocumentID, range: Range<Int>, text: String, headings: [String] = []) {
        self.document = document
        self.range = range
        self.text = text
        self.headings = headings
    }
}

/// A way of cutting documents into chunks.
public protocol Chunker: Sendable {
    /// Cuts a document. Chunks come in the order of the text; each is non-empty and lies inside the document.
    func chunks(of document: Document) -> [Chunk]
}

/// Counts tokens; every configuration of a study is measured with the same one.
public protocol TokenCounter: Sendable {
    /// The UTF-8 ranges of the tokens of a text, in order, without overlap.
    func tokenRanges(in text: String) -> [Range<Int>]
}
