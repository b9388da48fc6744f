internal import Base
internal import LanguageModels
internal import RAG
internal import Retrieval

/// The models that a study's configurations may name, by what their results depend on: a study that was measured with
/// other weights is another study.
struct StudyModels: Sendable {
    /// The only encoder's identity, or each one's by its name; null without one.
    let encoders: JSONValue
    /// The same of rerankers.
    let rerankers: JSONValue
    /// Which language model writes what `query.transform` searches with; nil where the space has none.
    let queryWriter: String?

    init(encoders: JSONValue, rerankers: JSONValue, queryWriter: String?) {
        self.encoders = encoders
        self.rerankers = rerankers
        self.queryWriter = queryWriter
    }

    /// Loads every model that the project names, so that a missing one is found before the search begins.
    init(_ workspace: Workspace) async throws {
        encoders = Self.json(
            workspace.encoders.names, try await workspace.encoders.all().map(\.encoder.identity))
        rerankers = Self.json(
            workspace.library.scorers.names, try await workspace.library.scorers.all().map(\.identity))
        let file = workspace.project.file
        if let name = file.generation.models.first?.name, file.space["query.transform"] != nil {
            queryWriter = try await workspace.languageModel(name, ModelUsePurpose(.generator)).identity
        } else {
            queryWriter = nil
        }
    }

    private static func json(_ names: [String], _ identities: [String]) -> JSONValue {
        guard identities.count > 1 else { return identities.first.map { .string($0) } ?? .null }
        return .object(Dictionary(zip(names, identities.map { .string($0) }), uniquingKeysWith: { first, _ in first }))
    }
}
