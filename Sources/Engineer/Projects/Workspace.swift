package import AutoML
package import Base
internal import Documents
package import RAG
internal import Retrieval
package import Storage

/// A project with its documents read and its models at hand: what searching, evaluating, asking and serving share.
package struct Workspace: Sendable {
    /// The stage cache's bound: indexes of a few dozen configurations of a corpus of some hundred megabytes.
    static let cacheBytes = 8 << 30

    package let project: Project
    package let corpus: Corpus
    package let library: IndexLibrary
    package let corpora: ProjectCorpora
    package let encoders: NamedModels<PassageEncoder>
    package let cache: StageCache
    package let diagnostics: DiagnosticCollector
    /// A language model by its role, or as `ENDPOINT/MODEL`.
    package let languageModel: LanguageModelPort
    /// Opens a system that is not Neo's.
    let external: External
    /// What may become of golden questions that follow others.
    private let histories: [HistoryUse]
    let documents: ProjectDocuments
    private let makeLibrary: @Sendable (Corpus, TextLanguage, NamedModels<PassageEncoder>) -> IndexLibrary

    /// Reads the documents, and loads the encoder that counts tokens; other models are loaded when they are needed.
    ///
    /// - Parameter vectors: hears of the vectors of passages, for a release.
    /// - Throws: where no document can be read, or that encoder is not there.
    @concurrent
    package static func open(
        _ project: Project, ports: Ports, recording vectors: KeptVectors? = nil
    ) async throws -> Workspace {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(directory: project.cachePath, limitBytes: cacheBytes, diagnostics: diagnostics)
        let documents = try await ProjectDocuments(
            project, cache: cache, diagnostics: diagnostics, onParse: ports.onParsing)
        var models = ModelLoading(project: project, ports: ports, cache: cache)
        models.vectors = vectors
        models.encodesEach = vectors != nil && project.file.access != nil
        return try assembled(
            project, documents, models: models, cache: cache, diagnostics: diagnostics, ports: ports)
    }

    /// Puts together what was read.
    ///
    /// - Parameter language: the language of all documents, where it is known; else it is found out.
    static func assembled(
        _ project: Project, _ documents: ProjectDocuments, models: ModelLoading, cache: StageCache,
        diagnostics: DiagnosticCollector, ports: Ports, language known: TextLanguage? = nil
    ) throws -> Workspace {
        let corpus = Corpus(documents.documents)
        let language = try known ?? Self.language(of: corpus, project)
        let counting = try models.counting()
        let counter: any TokenCounter = counting?.encoder ?? WordTokenCounter()
        let encoders = models.encoders(counting: counting)
        let rerankers = models.rerankers()
        let transforms = models.transforms()
        let followUps = models.followUps()
        let makeLibrary: @Sendable (Corpus, TextLanguage, NamedModels<PassageEncoder>) -> IndexLibrary = {
            corpus, language, encoders in
            IndexLibrary(
                corpus: corpus, counter: counter, encoders: encoders, language: language, scorers: rerankers,
                transforms: transforms, followUps: followUps)
        }
        let library = makeLibrary(corpus, language, encoders)
        return Workspace(
            project: project, corpus: corpus, library: library,
            corpora: ProjectCorpora(documents, standard: library) { makeLibrary($0, language, encoders) },
            encoders: encoders, cache: cache, diagnostics: diagnostics, languageModel: ports.languageModel,
            external: ports.external, histories: HistoryUse.offered(to: project),
            documents: documents, makeLibrary: makeLibrary
        )
    }

    private static func language(of corpus: Corpus, _ project: Project) throws -> TextLanguage {
        try project.file.language == "auto"
            ? TextLanguage.commonest(in: corpus.documents) : TextLanguage(named: project.file.language)
    }

    /// The same with some of the documents only: all that is made from documents is made from these.
    func keeping(_ places: Set<DocumentPlace>) throws -> Workspace {
        let documents = try ProjectDocuments(keeping: places, of: documents)
        let corpus = Corpus(documents.documents)
        let language = try Self.language(of: corpus, project)
        let encoders = encoders.map(\.alone)
        let (library, makeLibrary) = (makeLibrary(corpus, language, encoders), makeLibrary)
        return Workspace(
            project: project, corpus: corpus, library: library,
            corpora: ProjectCorpora(documents, standard: library) { makeLibrary($0, language, encoders) },
            encoders: encoders, cache: cache, diagnostics: DiagnosticCollector(), languageModel: languageModel,
            external: external, histories: histories, documents: documents, makeLibrary: makeLibrary)
    }

    /// The search space that the project asks for.
    package func space() throws -> SearchSpace {
        let offer = RAGOffer(
            encoders: encoders.names, rerankers: library.scorers.names, parsers: corpora.parsers,
            histories: histories)
        return try SearchSpace(
            RAGSpace.parameters(
                offer, overriding: corpora.space.filter { !GenerationSpace.searchable.contains($0.key) }))
    }
}
