internal import Base

/// The shape of a BERT encoder, from its `config.json`.
struct BERTConfiguration: Sendable, Hashable {
    /// The length of a state.
    var hidden: Int
    /// The length of a state inside a feed-forward block.
    var intermediate: Int
    /// The number of layers.
    var layers: Int
    /// The number of attention heads.
    var heads: Int
    /// The number of tokens that have an embedding.
    var vocabulary: Int
    /// The number of places that have an embedding.
    var positions: Int
    /// The number of segment types.
    var types: Int
    /// The ε of the layer norms.
    var epsilon: Float

    /// Reads `config.json` of a model folder.
    init(folder: String) throws(EncodersError) {
        let path = folder + "/config.json"
        let file = try ModelFile.json(path)
        func size(_ key: String, atMost limit: Int) throws(EncodersError) -> Int {
            guard let value = file[key]?.integer, value > 0, value <= limit else {
                throw EncodersError(
                    .damagedFile,
                    "\(path): \(key) is \(file[key]?.canonicalText ?? "missing"), but must be a whole number "
                        + "from 1 to \(limit)."
                )
            }
            return value
        }
        func require(_ key: String, _ expected: String) throws(EncodersError) {
            guard let value = file[key]?.string, value != expected else { return }
            throw EncodersError(
                .unsupportedModel, "\(path): \(key) is \"\(value)\"; only \"\(expected)\" is supported."
            )
        }
        guard file["model_type"]?.string != nil else {
            throw EncodersError(.damagedFile, "\(path) names no model_type; is this the folder of a model?")
        }
        try require("model_type", "bert")
        try require("hidden_act", "gelu")
        try require("position_embedding_type", "absolute")
        hidden = try size("hidden_size", atMost: 1 << 16)
        intermediate = try size("intermediate_size", atMost: 1 << 18)
        layers = try size("num_hidden_layers", atMost: 1 << 10)
        heads = try size("num_attention_heads", atMost: 1 << 10)
        vocabulary = try size("vocab_size", atMost: 1 << 24)
        positions = try size("max_position_embeddings", atMost: 1 << 20)
        types = try size("type_vocab_size", atMost: 1 << 10)
        epsilon = Float(file["layer_norm_eps"]?.number ?? 1e-12)
        guard hidden % heads == 0 else {
            throw EncodersError(
                .damagedFile, "\(path): hidden_size \(hidden) cannot be divided among \(heads) attention heads."
            )
        }
        guard hidden % RowKernels.width == 0, intermediate % RowKernels.width == 0 else {
            throw EncodersError(
                .unsupportedModel,
                "\(path): hidden_size and intermediate_size must be multiples of \(RowKernels.width), "
                    + "not \(hidden) and \(intermediate)."
            )
        }
    }
}
