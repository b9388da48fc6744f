internal import AutoML
internal import Base
internal import Documents
internal import Encoders
internal import Retrieval
internal import Storage

/// The files of a release's folder that answering needs, each compared with the hash that the manifest has of it.
struct ReleasedFiles {
    /// A model of the manifest.
    struct Model {
        var name: String
        var role: String
        var weights: String
        var folder: String?
        var precision: Precision
        var prefixes: TextPrefixes?
    }

    let number: Int
    let study: String
    let configuration: Configuration
    /// Whether a model writes the answers.
    let isWritten: Bool
    let language: TextLanguage
    let documents: [Document]
    let models: [Model]
    let vectors: KeptVectors?

    init(folder: String) throws {
        let manifest = try Self.json(try InputFile.read("\(folder)/manifest.json", limit: 100_000_000))
        // Whoever embeds it would show all documents to whoever asks.
        guard manifest["format"] != "neo.release/2" else {
            throw RAGError(
                code: .invalidConfiguration,
                message: "The release in \(folder) says who sees which documents, and only `neo serve` keeps to that.")
        }
        guard manifest["format"] == "neo.release/1", let number = manifest["release"]?.integer else {
            throw RAGError(
                code: .invalidConfiguration, message: "\(folder)/manifest.json is no manifest of a release.")
        }
        let sealed = SealedFiles(folder: folder, number: number, files: manifest["files"]?.array ?? [])
        self.number = number
        study = manifest["study"]?.string ?? ""
        let does = try Self.json(try sealed.read("configuration.json"))
        guard let values = does["configuration"]?.object else {
            throw RAGError(
                code: .invalidConfiguration, message: "\(folder)/configuration.json has no configuration.")
        }
        configuration = Configuration(values)
        isWritten = does["isWritten"]?.bool ?? false
        language = try TextLanguage(named: does["language"]?.string ?? "english")
        documents = try sealed.read("documents.jsonl").split(separator: UInt8(ascii: "\n")).map {
            try JSONValue(parsing: Array($0), maximumDepth: 64).decoded(as: Document.self)
        }
        models = try (manifest["models"]?.array ?? []).map { try Self.model($0, sealed) }
        vectors = try Self.vectors(sealed)
    }

    private static func model(_ row: JSONValue, _ sealed: SealedFiles) throws -> Model {
        guard let name = row["name"]?.string, let role = row["role"]?.string, let weights = row["weights"]?.string
        else {
            throw RAGError(
                code: .invalidConfiguration,
                message: "The release asks a model that somebody serves, which needs Neo: `neo serve`.")
        }
        let query = row["queryPrefix"]?.string
        return Model(
            name: name, role: role, weights: weights, folder: try row["folder"]?.string.map(sealed.folder),
            precision: row["precision"]?.string.flatMap(Precision.init) ?? .single,
            prefixes: query.map { TextPrefixes(query: $0, passage: row["passagePrefix"]?.string ?? "") })
    }

    private static func vectors(_ sealed: SealedFiles) throws -> KeptVectors? {
        guard sealed.has("index/vectors.json") else { return nil }
        let facts = try json(try sealed.read("index/vectors.json"))
        guard
            let kept = KeptVectors(
                columns: facts["columns"]?.integer ?? 0, names: try sealed.read("index/vectors.names"),
                values: try sealed.read("index/vectors.f32"))
        else {
            throw RAGError(
                code: .invalidConfiguration,
                message: "index/vectors.f32 of release \(sealed.number) does not have the size that its facts say.")
        }
        return kept
    }

    private static func json(_ bytes: [UInt8]) throws -> JSONValue { try JSONValue(parsing: bytes, maximumDepth: 32) }
}
