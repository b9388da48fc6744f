/// The weights of a BERT encoder, checked against its configuration.
struct BERTWeights: Sendable {
    /// Scale and shift of a layer norm.
    struct Norm: Sendable {
        var scale: FloatTensor
        var shift: FloatTensor
        /// The ε under the root.
        var epsilon: Float
    }

    /// One layer.
    struct Layer: Sendable {
        /// Queries, keys and values in one product.
        var attentionInput: LinearLayer
        var attentionOutput: LinearLayer
        var attentionNorm: Norm
        var feedForwardInput: LinearLayer
        var feedForwardOutput: LinearLayer
        var feedForwardNorm: Norm
    }

    /// One row a token.
    var words: FloatTensor
    /// One row a place.
    var places: FloatTensor
    /// One row a segment type.
    var types: FloatTensor
    var embeddingNorm: Norm
    var layers: [Layer]

    /// Finds the weights of a model in a file, and packs those of the linear layers. Embeddings stay in the file.
    init(_ file: SafetensorsFile, _ shape: BERTConfiguration, arithmetic: Arithmetic) throws(EncodersError) {
        // A checkpoint of a model with a head on top has the encoder below "bert.".
        let root = file.shape(of: "bert.embeddings.word_embeddings.weight") == nil ? "" : "bert."

        func norm(_ name: String) throws(EncodersError) -> Norm {
            Norm(
                scale: try file.tensor("\(root)\(name).weight", shape: [shape.hidden]),
                shift: try file.tensor("\(root)\(name).bias", shape: [shape.hidden]), epsilon: shape.epsilon
            )
        }
        func weight(_ name: String, _ inputs: Int, _ outputs: Int) throws(EncodersError) -> FloatTensor {
            try file.tensor("\(root)\(name).weight", shape: [outputs, inputs])
        }
        func bias(_ name: String, _ outputs: Int) throws(EncodersError) -> FloatTensor {
            try file.tensor("\(root)\(name).bias", shape: [outputs])
        }
        func linear(
            _ name: String, _ inputs: Int, _ outputs: Int, _ form: LinearLayer.Form
        ) throws(EncodersError) -> LinearLayer {
            try LinearLayer(
                weight: try weight(name, inputs, outputs), bias: try bias(name, outputs), form: form,
                arithmetic: arithmetic
            )
        }

        let embeddings = "\(root)embeddings."
        words = try file.tensor(embeddings + "word_embeddings.weight", shape: [shape.vocabulary, shape.hidden])
        types = try file.tensor(embeddings + "token_type_embeddings.weight", shape: [shape.types, shape.hidden])
        places = try file.tensor(embeddings + "position_embeddings.weight", shape: [shape.positions, shape.hidden])
        embeddingNorm = try norm("embeddings.LayerNorm")

        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let layer = "encoder.layer.\(index)."
            var weights: [FloatTensor] = []
            var biases: [FloatTensor] = []
            for part in ["query", "key", "value"] {
                weights.append(try weight("\(layer)attention.self.\(part)", shape.hidden, shape.hidden))
                biases.append(try bias("\(layer)attention.self.\(part)", shape.hidden))
            }
            layers.append(
                Layer(
                    // The stacked copy lives until it is packed.
                    attentionInput: try LinearLayer(
                        weight: .stacked(weights), bias: .stacked(biases), form: .plain, arithmetic: arithmetic
                    ),
                    attentionOutput: try linear(
                        layer + "attention.output.dense", shape.hidden, shape.hidden, .residual
                    ),
                    attentionNorm: try norm(layer + "attention.output.LayerNorm"),
                    feedForwardInput: try linear(
                        layer + "intermediate.dense", shape.hidden, shape.intermediate, .activated
                    ),
                    feedForwardOutput: try linear(layer + "output.dense", shape.intermediate, shape.hidden, .residual),
                    feedForwardNorm: try norm(layer + "output.LayerNorm")
                )
            )
        }
        self.layers = layers
    }
}
