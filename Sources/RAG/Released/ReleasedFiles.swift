internal import AutoML
internal import Base
internal import Documents
internal import Encoders
internal import Retrieval

/// The files of a release's folder that answering needs, read as they are.
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

    let folder: String
    let number: Int
    let study: String
    let configuration: Configuration
    let language: TextLanguage
    let documents: [Document]
    let models: [Model]
    let vectors: KeptVectors?

    init(folder: String) throws {
        self.folder = folder
        let manifest = try Self.json("\(folder)/manifest.json")
        // Whoever embeds it would show all documents to whoever asks.
        guard manifest["format"] != "neo.release/2" else {
            throw RAGError(
                code: .invalidConfiguration,
                message: "The release in \(folder) says who sees which documents, and only `neo serve` keeps to that.")
        }
        guard manifest["format"] == "neo.release/1" else {
            throw RAGError(
                code: .invalidConfiguration, message: "\(folder)/manifest.json is no manifest of a release.")
        }
        number = manifest["release"]?.integer ?? 0
        study = manifest["study"]?.string ?? ""
        let does = try Self.json("\(folder)/configuration.json")
        configuration = Configuration(does["configuration"]?.object ?? [:])
        language = try TextLanguage(named: does["language"]?.string ?? "english")
        documents = try InputFile.read("\(folder)/documents.jsonl").split(separator: UInt8(ascii: "\n")).map {
            try JSONValue(parsing: Array($0), maximumDepth: 64).decoded(as: Document.self)
        }
        models = try (manifest["models"]?.array ?? []).map { row in
            guard let name = row["name"]?.string, let role = row["role"]?.string,
                let weights = row["weights"]?.string
            else {
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "The release asks a model that somebody serves, which needs Neo: `neo serve`.")
            }
            let query = row["queryPrefix"]?.string
            return Model(
                name: name, role: role, weights: weights, folder: row["folder"]?.string.map { "\(folder)/\($0)" },
                precision: row["precision"]?.string.flatMap(Precision.init) ?? .single,
                prefixes: query.map { TextPrefixes(query: $0, passage: row["passagePrefix"]?.string ?? "") })
        }
        let names = "\(folder)/index/vectors.names"
        if (try? InputFile.size(of: names)) != nil {
            let facts = try Self.json("\(folder)/index/vectors.json")
            vectors = KeptVectors(
                columns: facts["columns"]?.integer ?? 0, names: try InputFile.read(names),
                values: try InputFile.read("\(folder)/index/vectors.f32"))
        } else {
            vectors = nil
        }
    }

    private static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: try InputFile.read(path), maximumDepth: 32)
    }
}
