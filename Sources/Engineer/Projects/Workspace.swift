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
        /// How many batches are encoded at the same time.
        package var threads: Int
        /// Hears how many passages are encoded.
        package var onEncoding: @Sendable (_ done: Int, _ all: Int) -> Void

        package init(
            encoderFiles: @escaping @Sendable (String) throws -> EncoderFiles, threads: Int,
            onEncoding: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
        ) {
            self.encoderFiles = encoderFiles
            self.threads = threads
            self.onEncoding = onEncoding
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
        let documents = try await ProjectDocuments(project, cache: cache, diagnostics: diagnostics)
        let corpus = Corpus(documents.documents)
        let language =
            try project.file.language == "auto"
            ? TextLanguage.commonest(in: corpus.documents) : TextLanguage(named: project.file.language)
        guard let name = project.file.encoder else {
            let makeLibrary: @Sendable (Corpus) -> IndexLibrary = { corpus in
                IndexLibrary(corpus: corpus, counter: WordTokenCounter(), passages: nil, language: language)
            }
            let library = makeLibrary(corpus)
            return Workspace(
                project: project, corpus: corpus, library: library,
                corpora: ProjectCorpora(documents, standard: library, makeLibrary: makeLibrary),
                encoder: nil, passages: nil, cache: cache, diagnostics: diagnostics
            )
        }
        let files = try ports.encoderFiles(name)
        let encoder = try SentenceEncoderAdapter(folder: files.folder, identity: files.identity, threads: ports.threads)
        let passages = PassageEncoder(encoder: encoder, cache: cache, progress: ports.onEncoding)
        let makeLibrary: @Sendable (Corpus) -> IndexLibrary = { corpus in
            IndexLibrary(corpus: corpus, counter: encoder, passages: passages, language: language)
        }
        let library = makeLibrary(corpus)
        return Workspace(
            project: project, corpus: corpus, library: library,
            corpora: ProjectCorpora(documents, standard: library, makeLibrary: makeLibrary),
            encoder: encoder, passages: passages, cache: cache, diagnostics: diagnostics
        )
    }

    /// The search space that the project asks for.
    package func space() throws -> SearchSpace {
        try SearchSpace(
            RAGSpace.parameters(hasEncoder: encoder != nil, parsers: corpora.parsers, overriding: corpora.space))
    }
}
