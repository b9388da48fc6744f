internal import AutoML
internal import Base
internal import Documents
internal import RAG

/// The project's corpus under each choice of parsers, each read and indexed once.
package struct ProjectCorpora: Sendable {
    private let documents: ProjectDocuments
    private let standardLibrary: IndexLibrary
    private let libraries = SingleFlight<ParserChoice, IndexLibrary>(capacity: 64)
    private let makeLibrary: @Sendable (Corpus) -> IndexLibrary

    /// The corpora of a project's documents.
    init(
        _ documents: ProjectDocuments, standard: IndexLibrary,
        makeLibrary: @escaping @Sendable (Corpus) -> IndexLibrary
    ) {
        self.documents = documents
        standardLibrary = standard
        self.makeLibrary = makeLibrary
    }

    /// By format, the parsers that a search may choose among.
    var parsers: [String: [String]] { documents.parsers }

    /// The project's `space`, without what names formats that no document has.
    var space: [String: JSONValue] { documents.space }

    /// The choice that a configuration makes.
    func choice(of configuration: Configuration) -> ParserChoice {
        ParserChoice(configuration, standard: documents.standard)
    }

    /// Every choice that a search may make, the standard one first.
    func choices(in space: SearchSpace) -> [ParserChoice] { documents.choices(in: space) }

    /// The indexes under a choice.
    func library(_ choice: ParserChoice) async throws -> IndexLibrary {
        guard choice != documents.standard else { return standardLibrary }
        let (documents, makeLibrary) = (documents, makeLibrary)
        return try await libraries.value(for: choice) {
            makeLibrary(Corpus(try await documents.documents(choice)))
        }
    }
}
