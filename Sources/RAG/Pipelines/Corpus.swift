package import Base
package import Retrieval

/// The documents of a project, with a name made of their content.
package struct Corpus: Sendable {
    /// The documents by position.
    package let documents: [Document]
    /// Changes when any document's name or text changes.
    package let hash: ContentHash
    private let positions: [DocumentID: Int]

    /// Hashes the documents. They come sorted by id.
    package init(_ documents: [Document]) {
        self.documents = documents.sorted { $0.id < $1.id }
        var builder = ContentHash.Builder()
        builder.add("corpus/1")
        var positions: [DocumentID: Int] = [:]
        for (position, document) in self.documents.enumerated() {
            builder.add(document.id.rawValue)
            builder.add(document.title)
            builder.add(document.text)
            positions[document.id] = position
        }
        hash = builder.finish()
        self.positions = positions
    }

    /// How many bytes of text there are.
    package var bytes: Int { documents.reduce(0) { $0 + $1.text.utf8.count } }

    /// The document of a name.
    package subscript(id: DocumentID) -> Document? {
        positions[id].map { documents[$0] }
    }

    /// The position of the document of a name.
    package func position(of id: DocumentID) -> Int? {
        positions[id]
    }
}
