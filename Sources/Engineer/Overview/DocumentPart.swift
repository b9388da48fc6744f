internal import Base

/// What a person edits of a reviewed document: lines that belong together, as they stand in the file.
package struct DocumentPart: Sendable {
    /// What of a document is meant.
    package enum Place: Sendable, Hashable {
        /// All lines.
        case whole
        /// The lines that belong together with this one; the first is 1.
        case line(Int)

        /// `all`, or the number of a line; nil for anything else.
        package init?(_ text: String) {
            if text == "all" {
                self = .whole
            } else if let number = Int(text), number > 0 {
                self = .line(number)
            } else {
                return nil
            }
        }

        /// What it is made from again.
        package var text: String {
            switch self {
            case .whole: "all"
            case .line(let number): String(number)
            }
        }
    }

    package let kind: ReviewedDocument.Kind
    package let place: Place
    package let lines: ClosedRange<Int>
    /// The lines, with a line feed between them.
    package let text: String
    /// The SHA-256 of the whole file.
    package let hash: String

    /// The SHA-256 of the lines: by it they are found again where they have moved.
    package var textHash: String { ContentHash(of: text).hex }

    /// What a project's document has at a place; nil where there is no such line, or no document.
    ///
    /// - Throws: `EngineerError` where it is no text that can be shown.
    package static func read(
        _ kind: ReviewedDocument.Kind, at place: Place, in project: Project
    ) throws(EngineerError) -> DocumentPart? {
        guard let source = try DocumentSource.read(kind, in: project), let lines = source.lines(at: place) else {
            return nil
        }
        return DocumentPart(kind, place, lines, of: source)
    }

    init(_ kind: ReviewedDocument.Kind, _ place: Place, _ lines: ClosedRange<Int>, of source: DocumentSource) {
        self.kind = kind
        self.place = place
        self.lines = lines
        text = source.text(of: lines)
        hash = source.hash
    }
}

extension DocumentSource {
    /// The lines that belong together, in the order of the file.
    var blocks: [ClosedRange<Int>] { DocumentLine.blocks(of: DocumentLine.lines(of: text), count: lineCount) }

    /// The lines at a place; nil where there are none.
    func lines(at place: DocumentPart.Place) -> ClosedRange<Int>? {
        switch place {
        case .whole: 1...lineCount
        case .line(let number): blocks.first { $0.contains(number) }
        }
    }
}
