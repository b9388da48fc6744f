package import Base
package import Retrieval

/// What parsing makes of a file's content, whatever the file is called.
///
/// It depends on the content and the parser alone, so it can be kept by the hash of both.
package struct ParsedText: Sendable, Hashable {
    /// Something that was wrong with the content.
    package struct Problem: Sendable, Hashable, Codable {
        /// What was wrong and what to do.
        package var sentence: String
        /// The line, from 1.
        package var line: Int?
    }

    /// What the content calls itself.
    package var title: String?
    /// The text; every range is a place in it.
    package var text: String
    /// Its structure.
    package var blocks: [Document.Block]
    /// What it says of itself: front matter, author, date, language.
    package var metadata: [String: JSONValue] = [:]
    /// Where each page begins; empty where there are no pages.
    package var pageStarts: [Int] = []
    /// What was wrong with it.
    package var problems: [Problem] = []

    /// A text with its structure.
    package init(title: String? = nil, text: String, blocks: [Document.Block]) {
        self.title = title
        self.text = text
        self.blocks = blocks
    }

    /// Whether there is nothing to be found in it.
    package var isBlank: Bool {
        !text.unicodeScalars.contains { !$0.properties.isWhitespace && $0 != "\u{FEFF}" && $0 != "\u{FFFD}" }
    }
}
