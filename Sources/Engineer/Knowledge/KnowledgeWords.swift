internal import AutoML
internal import Base
internal import Encoders
internal import RAG
internal import Retrieval

/// Configurations between a project's own words and those that all projects share.
///
/// Only values that Neo itself has given a name go into the knowledge base. A model of the store stands there by its name, one
/// of a user's own, or of a server, by a hash of what its results depend on.
struct KnowledgeWords: Sendable {
    /// Parameters that name a model.
    static let modelParameters: Set<String> = ["encoder", "reranker.model"]

    private static let parameters = Set(RAGSpace.all(.anything).map(\.name))
    private static let words: Set<String> = Set(
        ["structure", "tokens", "sentences", "semantic", "hybrid", "bm25", "dense", "rrf", "convex", "none", "mmr"]
            + ["cross-encoder"] + VectorStorage.allCases.map(\.rawValue) + BM25Variant.allCases.map(\.rawValue)
            + ScoreNormalisation.allCases.map(\.rawValue) + WrittenQueries.Kind.allCases.map(\.rawValue))

    /// What everybody calls a model, by parameter and by what the project calls it.
    private let shared: [String: [String: String]]

    init(_ file: ProjectFile, models: StudyModels) {
        shared = [
            "encoder": Self.names(file.encoders, models.encoders),
            "reranker.model": Self.names(file.rerankers, models.rerankers),
        ]
    }

    private static func names(_ settings: [ModelSetting], _ identities: JSONValue) -> [String: String] {
        Dictionary(
            settings.map { setting in
                let identity = identities[setting.name]?.string ?? identities.string ?? setting.name
                guard case .store(let name) = setting.source, !name.contains("/") else {
                    return (setting.name, "model-" + ContentHash(of: identity).hex.prefix(8))
                }
                return (setting.name, setting.precision == .single ? name : "\(name)-\(setting.precision)")
            }, uniquingKeysWith: { first, _ in first })
    }

    /// A configuration of this project in the words of all.
    func shared(_ configuration: Configuration) -> Configuration {
        var values: [String: JSONValue] = [:]
        for (name, value) in configuration.values where Self.parameters.contains(name) {
            switch value {
            case .bool, .integer, .number: values[name] = value
            case .string(let word):
                if Self.modelParameters.contains(name) {
                    values[name] = .string(shared[name]?[word] ?? "other")
                } else {
                    values[name] = .string(Self.words.contains(word) ? word : "other")
                }
            default: values[name] = "other"
            }
        }
        return Configuration(values)
    }

    /// A configuration of the knowledge base in this project's words. A model that this project does not have is left out:
    /// then its first one is meant.
    func own(_ configuration: Configuration) -> Configuration {
        var values = configuration.values
        for name in Self.modelParameters {
            guard let word = values[name]?.string else { continue }
            values[name] = shared[name]?.first { $0.value == word }.map { .string($0.key) }
        }
        return Configuration(values)
    }
}
