package import Base
package import Retrieval

/// A document as it was read, before copies are left out.
package struct LoadedDocument: Sendable {
    /// The document.
    package var document: Document
    /// The hash of its file's content, for telling copies; nil in a collection, whose judgements may name both copies.
    package let content: ContentHash?
    /// Its file, seen from the project.
    package let file: String

    /// A document with its file.
    package init(document: Document, content: ContentHash?, file: String) {
        self.document = document
        self.content = content
        self.file = file
    }

    /// What names it among all of a project: two files may give their documents one id, and a collection has many documents.
    package var place: DocumentPlace { DocumentPlace(file: file, id: document.id) }
}

/// Where a document comes from.
package struct DocumentPlace: Sendable, Hashable, Comparable {
    /// Its file, seen from the project.
    package let file: String
    /// Its name.
    package let id: DocumentID

    /// A place.
    package init(file: String, id: DocumentID) {
        self.file = file
        self.id = id
    }

    /// By file, then by name.
    package static func < (left: DocumentPlace, right: DocumentPlace) -> Bool {
        left.file == right.file ? left.id < right.id : left.file < right.file
    }
}
