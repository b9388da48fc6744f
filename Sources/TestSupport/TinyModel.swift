package import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A BERT encoder with random weights, small enough to be computed by hand.
package struct TinyModel {
    package static let vocabulary = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "swift", "task", "actor", "##s", "##ed", "a", "b", "c", "##a", "##b", "##c",
        ".", ",", "!", "?", "北", "京", "cafe", "un", "##cancel", "##led", "é", "[", "]", "straße", "1", "##1", "й", "и",
        "σ", "##ς", "##1\u{a0}",
    ]

    package var hidden = 32
    package var intermediate = 48
    package var layers = 2
    package var heads = 4
    package var positions = 40
    package var weights: [String: (shape: [Int], values: [Float])] = [:]
    package var configuration: [String: JSONValue] = [:]
    package var tokenizer: [String: JSONValue] = [:]
    package var pooling: JSONValue = ["pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false]
    package var modules: JSONValue = [
        ["idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"],
        ["idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"],
        ["idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"],
    ]
    package var limits: JSONValue = ["max_seq_length": 24]
    /// `config_sentence_transformers.json`.
    package var prompts: JSONValue?
    /// Whether the encoder's weights are named as below a head.
    package var isBelowHead = false

    package init(seed: UInt64 = 1) {
        configuration = [
            "model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute",
            "hidden_size": .integer(hidden), "intermediate_size": .integer(intermediate),
            "num_hidden_layers": .integer(layers), "num_attention_heads": .integer(heads),
            "vocab_size": .integer(Self.vocabulary.count), "max_position_embeddings": .integer(positions),
            "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        ]
        let ids = Dictionary(uniqueKeysWithValues: Self.vocabulary.enumerated().map { ($1, JSONValue.integer($0)) })
        tokenizer = [
            "truncation": ["max_length": 12],
            "added_tokens": .array(
                Self.vocabulary.prefix(4).enumerated().map {
                    ["id": .integer($0), "content": .string($1), "special": true, "normalized": false]
                }
            ),
            "normalizer": [
                "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": nil,
                "lowercase": true,
            ],
            "pre_tokenizer": ["type": "BertPreTokenizer"],
            "post_processor": [
                "type": "TemplateProcessing",
                "single": [
                    ["SpecialToken": ["id": "[CLS]", "type_id": 0]], ["Sequence": ["id": "A", "type_id": 0]],
                    ["SpecialToken": ["id": "[SEP]", "type_id": 0]],
                ],
            ],
            "model": [
                "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100, "vocab": .object(ids),
            ],
        ]
        var random = SplitMix64(seed: seed)
        func add(_ name: String, _ shape: [Int], around centre: Float = 0) {
            let values = (0..<shape.reduce(1, *)).map { _ in centre + Float(random.nextUnit() - 0.5) * 0.6 }
            weights[name] = (shape, values)
        }
        func addLinear(_ name: String, _ inputs: Int, _ outputs: Int) {
            add("\(name).weight", [outputs, inputs])
            add("\(name).bias", [outputs])
        }
        func addNorm(_ name: String) {
            add("\(name).weight", [hidden], around: 1)
            add("\(name).bias", [hidden])
        }
        add("embeddings.word_embeddings.weight", [Self.vocabulary.count, hidden])
        add("embeddings.position_embeddings.weight", [positions, hidden])
        add("embeddings.token_type_embeddings.weight", [2, hidden])
        addNorm("embeddings.LayerNorm")
        for layer in 0..<layers {
            let name = "encoder.layer.\(layer)."
            for part in ["query", "key", "value"] { addLinear("\(name)attention.self.\(part)", hidden, hidden) }
            addLinear("\(name)attention.output.dense", hidden, hidden)
            addNorm("\(name)attention.output.LayerNorm")
            addLinear("\(name)intermediate.dense", hidden, intermediate)
            addLinear("\(name)output.dense", intermediate, hidden)
            addNorm("\(name)output.LayerNorm")
        }
    }

    /// The same model with a head that scores pairs: what a cross-encoder's folder holds.
    package func withPairHead(activation: String? = nil) -> TinyModel {
        var model = self
        var random = SplitMix64(seed: 99)
        func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.nextUnit() - 0.5) } }
        model.weights["pooler.dense.weight"] = ([hidden, hidden], values(hidden * hidden))
        model.weights["pooler.dense.bias"] = ([hidden], values(hidden))
        model.weights["classifier.weight"] = ([1, hidden], values(hidden))
        model.weights["classifier.bias"] = ([1], values(1))
        model.isBelowHead = true
        model.configuration["id2label"] = ["0": "LABEL_0"]
        if let activation { model.configuration["sentence_transformers"] = ["activation_fn": .string(activation)] }
        return model
    }

    /// The weights as a file.
    package var safetensors: Data {
        var writer = SafetensorsWriter()
        for (name, tensor) in weights.sorted(by: { $0.key < $1.key }) {
            writer.add(
                isBelowHead && !name.hasPrefix("classifier") ? "bert." + name : name, tensor.shape, tensor.values)
        }
        return writer.file
    }

    /// Writes all files of the model.
    package func write(to folder: String) throws {
        try writeTestFile(safetensors, to: folder + "/model.safetensors")
        try write(.object(configuration), to: folder + "/config.json")
        try write(.object(tokenizer), to: folder + "/tokenizer.json")
        try write(modules, to: folder + "/modules.json")
        try write(pooling, to: folder + "/1_Pooling/config.json")
        try write(limits, to: folder + "/sentence_bert_config.json")
        if let prompts { try write(prompts, to: folder + "/config_sentence_transformers.json") }
    }

    private func write(_ value: JSONValue, to path: String) throws {
        try writeTestFile(Data(value.canonicalText.utf8), to: path)
    }
}
