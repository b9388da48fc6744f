package import AutoML
internal import Base
internal import LanguageModels
package import RAG

/// The configuration that a project serves, with its indexes built.
package enum Release {
    /// Who answers.
    package enum Answering: Sendable {
        /// As the last search decided; quotes before the first one.
        case asSearched
        /// Quotes.
        case quotes
        /// A model.
        case written(Generator)
    }

    /// Builds the winner of the last search; before the first one, the default configuration.
    @concurrent
    package static func open(_ workspace: Workspace, answering: Answering = .asSearched) async throws -> LiveService {
        let results = try? ReportArchive.read(workspace.project)
        if let unmet = results.flatMap(DecisionWords.unmet) {
            workspace.diagnostics.add(Diagnostic(.warning, "\(unmet) It is served all the same."))
        }
        let winner = results.flatMap { results in results.trials.first { $0.number == results.winner } }
        let study = winner == nil ? nil : results?.study
        var configuration = try winner?.configuration ?? workspace.space().default
        var generator: Generator?
        switch answering {
        case .quotes: break
        case .written(let given): generator = given
        case .asSearched:
            guard let chosen = results?.answers?.chosen else { break }
            configuration = chosen
            generator = try await Generator(chosen) {
                try await workspace.languageModel($0, ModelUsePurpose(.generator))
            }
        }
        return try await open(workspace, configuration: configuration, study: study, generator: generator)
    }

    /// Builds a given configuration.
    @concurrent
    package static func open(
        _ workspace: Workspace, configuration: Configuration, study: String?, generator: Generator? = nil,
        identity: ReleaseIdentity? = nil
    ) async throws -> LiveService {
        let library = try await workspace.corpora.library(workspace.corpora.choice(of: configuration))
        let values = try PipelineConfiguration(configuration)
        let pipeline = try await library.pipeline(values)
        var summary: [String: JSONValue] = [
            "project": .string(workspace.project.file.name),
            "study": study.map { .string($0) } ?? .null,
            "configuration": .object(configuration.values),
            "generator": generator.map { .string($0.model.identity) } ?? .null,
            "documents": .integer(library.corpus.documents.count),
            "chunks": .integer(pipeline.chunkSet.chunks.count),
        ]
        if let identity {
            summary["release"] = .integer(identity.number)
            summary["manifest"] = .string(identity.hash.hex)
        }
        return LiveService(
            pipeline: pipeline,
            encoder: try await workspace.encoders.model(values.encoder, parameter: "encoder")?.encoder,
            language: workspace.library.language,
            generator: generator,
            summary: summary
        )
    }

    /// Builds what a release serves, from its folder alone.
    ///
    /// - Parameter project: the one that it belongs to; nil where it lies somewhere by itself.
    @concurrent
    package static func open(
        _ folder: ReleaseFolder, of project: Project? = nil, ports: Workspace.Ports, answering: Answering = .asSearched
    ) async throws -> LiveService {
        let workspace = try await Workspace.open(release: folder, of: project, ports: ports)
        return try await open(folder, try folder.configuration(), in: workspace, answering: answering)
    }

    /// The same in a workspace that is open: of all documents, or of those that somebody sees.
    @concurrent
    static func open(
        _ folder: ReleaseFolder, _ does: ReleaseConfiguration, in workspace: Workspace, answering: Answering
    ) async throws -> LiveService {
        var generator: Generator?
        switch answering {
        case .quotes: break
        case .written(let given): generator = given
        case .asSearched:
            guard does.isWritten else { break }
            generator = try await Generator(does.configuration) {
                try await workspace.languageModel($0, ModelUsePurpose(.generator))
            }
        }
        return try await open(
            workspace, configuration: does.configuration, study: folder.manifest.study, generator: generator,
            identity: folder.identity)
    }

    /// Builds the retrieval of a configuration without the caches of its stages: every request does all the work.
    @concurrent
    static func uncachedRetrieval(_ workspace: Workspace, configuration: Configuration) async throws -> LiveRetrieval {
        let library = try await workspace.corpora.library(workspace.corpora.choice(of: configuration))
        let values = try PipelineConfiguration(configuration)
        return LiveRetrieval(
            pipeline: try await library.pipeline(values),
            encoder: try await workspace.encoders.model(values.encoder, parameter: "encoder")?.encoder
        ).uncached
    }
}
