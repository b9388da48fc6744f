package import AutoML
package import Base
internal import Documents
package import RAG
package import Retrieval
package import Storage

/// A project with its documents read and its encoder loaded: what searching, evaluating, asking and serving share.
package struct Workspace: Sendable {
    /// Where an encoder's weights lie, and what names them.
    package struct EncoderFiles: Sendable {
        package var folder: String
        package var identity: String

        package init(folder: String, identity: String) {
            self.folder = folder
            self.identity = identity
        }
    }

    /// What a workspace needs from outside.
    package struct Ports: Sendable {
        /// The files of an encoder, by name; throws a sentence with the remedy where they are missing.
        package var encoderFiles: @Sendable (String) throws -> EncoderFiles
        /// An encoder that is served; throws a sentence where it cannot be reached.
        package var embedder: @Sendable (EndpointSetting) async throws -> any TextEncoder
        /// A reranker that is served.
        package var reranker: @Sendable (EndpointSetting) throws -> any PairScorer
        /// How many batches are encoded at the same time.
        package var threads: Int
        /// Hears how many passages are encoded.
        package var onEncoding: @Sendable (_ done: Int, _ all: Int) -> Void
        /// Hears of each file whose parser runs, because nothing was kept of it.
        package var onParsing: @Sendable (_ file: String) -> Void

        package init(
            encoderFiles: @escaping @Sendable (String) throws -> EncoderFiles,
            embedder: @escaping @Sendable (EndpointSetting) async throws -> any TextEncoder = {
                throw EndpointSetting.unreachable($0)
            },
            reranker: @escaping @Sendable (EndpointSetting) throws -> any PairScorer = {
                throw EndpointSetting.unreachable($0)
            },
            threads: Int,
            onEncoding: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in },
            onParsing: @escaping @Sendable (_ file: String) -> Void = { _ in }
        ) {
            self.encoderFiles = encoderFiles
            self.embedder = embedder
            self.reranker = reranker
            self.threads = threads
            self.onEncoding = onEncoding
            self.onParsing = onParsing
        }
    }

    /// The stage cache's bound: indexes of a few dozen configurations of a corpus of some hundred megabytes.
    private static let cacheBytes = 8 << 30

    package let project: Project
    package let corpus: Corpus
    package let library: IndexLibrary
    package let corpora: ProjectCorpora
    package let encoder: (any TextEncoder)?
    package let passages: PassageEncoder?
    package let cache: StageCache
    package let diagnostics: DiagnosticCollector

    /// Reads the documents and loads the encoder.
    ///
    /// - Throws: where no document can be read, or the encoder is not there.
    @concurrent
    package static func open(_ project: Project, ports: Ports) async throws -> Workspace {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(directory: project.cachePath, limitBytes: cacheBytes, diagnostics: diagnostics)
        let documents = try await ProjectDocuments(
            project, cache: cache, diagnostics: diagnostics, onParse: ports.onParsing)
        let corpus = Corpus(documents.documents)
        let language =
            try project.file.language == "auto"
            ? TextLanguage.commonest(in: corpus.documents) : TextLanguage(named: project.file.language)
        let (encoder, counter) = try await makeEncoder(project.file.encoder, ports)
        let passages = encoder.map { PassageEncoder(encoder: $0, cache: cache, progress: ports.onEncoding) }
        let scorer = try project.file.reranker.map { CachedScorer(try ports.reranker($0), cache: cache) }
        let makeLibrary: @Sendable (Corpus) -> IndexLibrary = { corpus in
            IndexLibrary(corpus: corpus, counter: counter, passages: passages, language: language, scorer: scorer)
        }
        let library = makeLibrary(corpus)
        return Workspace(
            project: project, corpus: corpus, library: library,
            corpora: ProjectCorpora(documents, standard: library, makeLibrary: makeLibrary),
            encoder: encoder, passages: passages, cache: cache, diagnostics: diagnostics
        )
    }

    /// The encoder, and what counts tokens: the encoder where it can, else words.
    private static func makeEncoder(
        _ setting: EncoderSetting, _ ports: Ports
    ) async throws -> ((any TextEncoder)?, any TokenCounter) {
        switch setting {
        case .none: return (nil, WordTokenCounter())
        case .endpoint(let endpoint): return (try await ports.embedder(endpoint), WordTokenCounter())
        case .model(let name):
            let files = try ports.encoderFiles(name)
            let encoder = try SentenceEncoderAdapter(
                folder: files.folder, identity: files.identity, threads: ports.threads)
            return (encoder, encoder)
        }
    }

    /// The search space that the project asks for.
    package func space() throws -> SearchSpace {
        try SearchSpace(
            RAGSpace.parameters(hasEncoder: encoder != nil, parsers: corpora.parsers, overriding: corpora.space))
    }
}
