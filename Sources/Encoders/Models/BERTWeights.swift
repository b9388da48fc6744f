/// The weights of a BERT encoder, checked against its configuration.
struct BERTWeights: Sendable {
    /// y = x · weightᵀ + bias.
    struct Linear: Sendable {
        /// Outputs x inputs.
        var weight: FloatTensor
        /// One for each output.
        var bias: FloatTensor
    }

    /// Scale and shift of a layer norm.
    struct Norm: Sendable {
        var scale: FloatTensor
        var shift: FloatTensor
    }

    /// One layer.
    struct Layer: Sendable {
        /// Queries, keys and values in one product.
        var attentionInput: Linear
        var attentionOutput: Linear
        var attentionNorm: Norm
        var feedForwardInput: Linear
        var feedForwardOutput: Linear
        var feedForwardNorm: Norm
    }

    /// One row a token.
    var words: FloatTensor
    /// One row a place; the embedding of segment type 0, the only one in use, is added already.
    var places: FloatTensor
    var embeddingNorm: Norm
    var layers: [Layer]

    /// Finds the weights of a model in a file.
    init(_ file: SafetensorsFile, _ shape: BERTConfiguration) throws(EncodersError) {
        // A checkpoint of a model with a head on top has the encoder below "bert.".
        let root = file.shape(of: "bert.embeddings.word_embeddings.weight") == nil ? "" : "bert."

        func norm(_ name: String) throws(EncodersError) -> Norm {
            Norm(
                scale: try file.tensor("\(root)\(name).weight", shape: [shape.hidden]),
                shift: try file.tensor("\(root)\(name).bias", shape: [shape.hidden])
            )
        }
        func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(EncodersError) -> Linear {
            Linear(
                weight: try file.tensor("\(root)\(name).weight", shape: [outputs, inputs]),
                bias: try file.tensor("\(root)\(name).bias", shape: [outputs])
            )
        }

        let embeddings = "\(root)embeddings."
        words = try file.tensor(embeddings + "word_embeddings.weight", shape: [shape.vocabulary, shape.hidden])
        let types = try file.tensor(embeddings + "token_type_embeddings.weight", shape: [shape.types, shape.hidden])
        let bare = try file.tensor(
            embeddings + "position_embeddings.weight", shape: [shape.positions, shape.hidden]
        )
        let sums = FloatBuffer(count: bare.count)
        for position in 0..<bare.count {
            sums.start[position] = bare.start[position] + types.start[position % shape.hidden]
        }
        places = FloatTensor(sums, shape: bare.shape)
        embeddingNorm = try norm("embeddings.LayerNorm")

        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let layer = "encoder.layer.\(index)."
            let query = try linear(layer + "attention.self.query", shape.hidden, shape.hidden)
            let key = try linear(layer + "attention.self.key", shape.hidden, shape.hidden)
            let value = try linear(layer + "attention.self.value", shape.hidden, shape.hidden)
            layers.append(
                Layer(
                    attentionInput: Linear(
                        weight: .stacked([query.weight, key.weight, value.weight]),
                        bias: .stacked([query.bias, key.bias, value.bias])
                    ),
                    attentionOutput: try linear(layer + "attention.output.dense", shape.hidden, shape.hidden),
                    attentionNorm: try norm(layer + "attention.output.LayerNorm"),
                    feedForwardInput: try linear(layer + "intermediate.dense", shape.hidden, shape.intermediate),
                    feedForwardOutput: try linear(layer + "output.dense", shape.intermediate, shape.hidden),
                    feedForwardNorm: try norm(layer + "output.LayerNorm")
                )
            )
        }
        self.layers = layers
    }
}
