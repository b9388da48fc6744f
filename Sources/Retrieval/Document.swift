public import Base

/// A document's name: its path below the folder that was searched, or its id in an imported collection.
public struct DocumentID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The name itself.
    public let rawValue: String

    /// Wraps a name.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads a plain string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The name.
    public var description: String { rawValue }

    /// The order of the names' bytes.
    public static func < (left: DocumentID, right: DocumentID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// A text with what is known of its structure.
///
/// `text` is the file as it stands on disk, so that every range in it is a place in the file; of formats that are
/// parsed, such as HTML and PDF, it is the text that was found in the file.
public struct Document: Sendable, Hashable, Codable {
    /// A piece of the text that should stay together.
    public struct Block: Sendable, Hashable, Codable {
        /// What the piece is.
        public enum Kind: Sendable, Hashable, Codable {
            case heading(level: Int)
            case paragraph
            case code
            case list
            case table
        }

        /// What the piece is.
        public var kind: Kind
        /// Where it stands in the text, as UTF-8 offsets.
        public var range: Range<Int>

        /// A block.
        public init(kind: Kind, range: Range<Int>) {
            self.kind = kind
            self.range = range
        }
    }

    /// The document's name.
    public var id: DocumentID
    /// What the document calls itself, or its file name.
    public var title: String
    /// The whole text.
    public var text: String
    /// The structure, in order and without overlap; front matter and blank lines belong to no block.
    public var blocks: [Block]
    /// Front matter, kind of file and the like; `filter` of a request is matched against it.
    public var metadata: [String: JSONValue]
    /// Where each page of the text begins, as UTF-8 offsets; empty where there are no pages.
    public var pageStarts: [Int]

    /// A document.
    public init(
        id: DocumentID, title: String, text: String, blocks: [Block], metadata: [String: JSONValue] = [:],
        pageStarts: [Int] = []
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.blocks = blocks
        self.metadata = metadata
        self.pageStarts = pageStarts
    }
}

extension Document {
    /// The language that it is written in, as an ISO 639-1 code: what the document says of itself (`lang` in its
    /// metadata), or what its words say; nil where neither tells.
    public var language: String? { metadata["lang"]?.string }

    /// The page, from 1, on which a place of the text stands; nil where there are no pages.
    public func page(at offset: Int) -> Int? {
        guard !pageStarts.isEmpty else { return nil }
        return max(1, pageStarts.count { $0 <= offset })
    }

    /// Where pages begin within a part of the text, as UTF-8 offsets in the part; nil where there are no pages.
    public func pageBreaks(in range: Range<Int>) -> [Int]? {
        guard !pageStarts.isEmpty else { return nil }
        return pageStarts.filter { range.lowerBound < $0 && $0 < range.upperBound }.map { $0 - range.lowerBound }
    }
}
