internal import Base

/// How a model folder turns token states into one vector a text: `modules.json` and what it points to.
///
/// Layout: the folders that the sentence-transformers package writes.
struct PipelineConfiguration: Sendable, Hashable {
    /// How the states of a text's tokens become one.
    enum Pooling: Sendable, Hashable {
        /// Their mean.
        case mean
        /// The state of the first token.
        case first
    }

    /// How the states of a text's tokens become one.
    var pooling: Pooling
    /// Whether the tokens of a prefix count when a text is pooled.
    var includesPrompt = true
    /// The model's own limit of tokens, special ones included; nil where it gives none.
    var maximumTokens: Int?

    /// Reads the files of a folder.
    init(folder: String) throws(EncodersError) {
        let path = folder + "/modules.json"
        guard let modules = try ModelFile.json(path).array else {
            throw EncodersError(.damagedFile, "\(path) is not a list of modules.")
        }
        var found: (pooling: Pooling, includesPrompt: Bool)?
        for module in modules {
            let type = module["type"]?.string ?? ""
            switch type.split(separator: ".").last {
            case "Transformer", "Normalize": break
            case "Pooling": found = try Self.pooling(folder + "/" + (module["path"]?.string ?? "1_Pooling"))
            default:
                throw EncodersError(
                    .unsupportedModel,
                    "\(path) asks for a module of type \"\(type)\"; only Transformer, Pooling and Normalize are supported."
                )
            }
        }
        guard let found else {
            throw EncodersError(.unsupportedModel, "\(path) names no Pooling module, so texts would have no vectors.")
        }
        pooling = found.pooling
        includesPrompt = found.includesPrompt

        maximumTokens = try TokenLimit.read(folder: folder)
    }

    private static func pooling(
        _ folder: String
    ) throws(EncodersError) -> (pooling: Pooling, includesPrompt: Bool) {
        let path = folder + "/config.json"
        guard let file = try ModelFile.json(path).object else {
            throw EncodersError(.damagedFile, "\(path) is not an object.")
        }
        // Newer folders name the mode, older ones have a flag for each.
        let named = file["pooling_mode"].map { $0.string.map { [$0] } ?? $0.array?.compactMap(\.string) ?? [] }
        let modes = named ?? file.filter { $0.key.hasPrefix("pooling_mode_") && $0.value == .bool(true) }.keys.sorted()
        let includesPrompt = file["include_prompt"] != .bool(false)
        switch modes {
        case ["mean"], ["pooling_mode_mean_tokens"]: return (.mean, includesPrompt)
        case ["cls"], ["pooling_mode_cls_token"]: return (.first, includesPrompt)
        default:
            throw EncodersError(
                .unsupportedModel,
                "\(path) asks for pooling \(modes.joined(separator: " + ")); only one of mean and cls is supported."
            )
        }
    }
}
