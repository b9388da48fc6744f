internal import AutoML
internal import Base
internal import Documents
internal import LanguageModels
package import RAG
package import Retrieval

/// A project's service with further documents that stand in memory only: nothing of them is written into the project but
/// numbers in its cache.
package struct ProjectCopy: Sendable {
    private let workspace: Workspace
    private let configuration: Configuration
    private let generator: Generator?
    /// The service as it is.
    package let service: LiveService

    /// The configuration that the project serves.
    @concurrent
    package init(_ workspace: Workspace, generator: Generator? = nil) async throws {
        self.workspace = workspace
        self.generator = generator
        let quoting = try await Release.open(workspace, answering: .quotes)
        configuration = Configuration(quoting.summary["configuration"]?.object ?? [:])
        service = generator == nil ? quoting : quoting.written(by: generator)
    }

    /// The documents of the project, and what the answers stand on.
    var subject: ContentHash {
        var hash = ContentHash.Builder()
        hash.add(workspace.corpus.hash.hex)
        hash.add(JSONValue.object(configuration.values).canonicalText)
        hash.add(generator?.model.identity ?? "quotes")
        return hash.finish()
    }

    /// The documents as the configuration's parsers read them.
    package func documents() async throws -> [Document] { try await library().corpus.documents }

    /// The service with these documents among its own.
    @concurrent
    package func adding(_ documents: [Document]) async throws -> LiveService {
        let library = try await library().adding(documents)
        let values = try PipelineConfiguration(configuration)
        let pipeline = try await library.pipeline(values)
        var summary = service.summary
        summary["documents"] = .integer(library.corpus.documents.count)
        summary["chunks"] = .integer(pipeline.chunkSet.chunks.count)
        return LiveService(
            pipeline: pipeline,
            encoder: try await workspace.encoders.model(values.encoder, parameter: "encoder")?.encoder,
            language: library.language, generator: generator, summary: summary)
    }

    /// The service with these texts of Markdown among its documents.
    package func adding(texts: [(id: String, text: String)]) async throws -> LiveService {
        let parser = DocumentParser(diagnostics: DiagnosticCollector())
        return try await adding(
            texts.map { parser.parse($0.text, id: DocumentID("\($0.id).md"), kind: .markdown, path: "\($0.id).md") })
    }

    private func library() async throws -> IndexLibrary {
        try await workspace.corpora.library(workspace.corpora.choice(of: configuration))
    }
}
