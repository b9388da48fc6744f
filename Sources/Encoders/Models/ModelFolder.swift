/// Tokenizer and weights of a model folder, checked against each other.
struct ModelFolder {
    let tokenizer: WordPieceTokenizer
    let file: SafetensorsFile
    let encoder: BERTEncoder

    /// Reads `tokenizer.json`, `config.json` and `model.safetensors`.
    init(_ folder: String, precision: Precision, probe: PrecisionProbe = .machine) throws {
        tokenizer = try WordPieceTokenizer(tokenizerJSON: folder + "/tokenizer.json")
        let shape = try BERTConfiguration(folder: folder)
        file = try SafetensorsFile(path: folder + "/model.safetensors")
        encoder = try BERTEncoder(file, shape: shape, arithmetic: try probe.arithmetic(for: precision))
        guard tokenizer.vocabularySize <= shape.vocabulary else {
            throw EncodersError(
                .damagedFile,
                "\(folder): tokenizer.json has \(tokenizer.vocabularySize) tokens, but the model only "
                    + "\(shape.vocabulary); the files belong to different models."
            )
        }
    }
}
