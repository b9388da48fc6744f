internal import Base

/// What a cross-encoder's folder says beyond the shape of its BERT.
struct CrossEncoderConfiguration: Sendable, Hashable {
    /// What is done to the logit.
    var activation: PairHead.Activation
    /// The model's own limit of tokens; nil where it gives none.
    var maximumTokens: Int?

    /// Reads `config.json` and its neighbours.
    init(folder: String) throws(EncodersError) {
        let path = folder + "/config.json"
        let file = try ModelFile.json(path)
        // As the transformers package counts: two labels where nothing is said.
        let labels = file["id2label"]?.object?.count ?? file["num_labels"]?.integer ?? 2
        guard labels == 1 else {
            throw EncodersError(
                .unsupportedModel,
                "\(path) describes a head with \(labels) labels; a reranker has one. Is this a model that scores pairs?"
            )
        }
        activation = try Self.activation(folder, file)
        maximumTokens = try TokenLimit.read(folder: folder)
    }

    /// Newer folders name the activation in a file of its own, older ones in `config.json` under one of two names;
    /// one label means a sigmoid where nothing is said.
    private static func activation(
        _ folder: String, _ file: JSONValue
    ) throws(EncodersError) -> PairHead.Activation {
        let own = try ModelFile.jsonIfPresent(folder + "/config_sentence_transformers.json")
        let named =
            own?["activation_fn"]?.string ?? file["sentence_transformers"]?["activation_fn"]?.string
            ?? file["sbert_ce_default_activation_function"]?.string
        switch named?.split(separator: ".").last {
        case nil, "Sigmoid": return .sigmoid
        case "Identity": return .identity
        case let other?:
            throw EncodersError(
                .unsupportedModel,
                "\(folder) asks for the activation \(other); only Sigmoid and Identity are supported."
            )
        }
    }
}
