/// The documents, read in one way, with the places of the golden questions' evidence in them.
package struct MeasuredCorpus: Sendable {
    /// The documents and their indexes.
    let library: IndexLibrary
    /// The questions by id.
    let items: [String: EvaluationItem]

    package init(library: IndexLibrary, items: [EvaluationItem]) {
        self.library = library
        self.items = Dictionary(items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
