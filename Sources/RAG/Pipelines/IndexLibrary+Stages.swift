package import Retrieval

extension IndexLibrary {
    /// What a configuration needs from outside.
    func stages(_ configuration: PipelineConfiguration) async throws -> Pipeline.Stages {
        var stages = Pipeline.Stages()
        if configuration.needsVectors {
            stages.passages = try await encoders.model(configuration.encoder, parameter: "encoder")
        }
        if case .pairScorer(_, let model) = configuration.reranker {
            guard let scorer = try await scorers.model(model, parameter: "reranker.model") else {
                throw RAGError(
                    code: .invalidConfiguration,
                    message:
                        "This configuration has `reranker: cross-encoder`, but the project names none. Name a model or a "
                        + "server under `reranker:` in neo.yaml, or take `reranker: none` or `mmr`."
                )
            }
            stages.scorer = scorer
        }
        if configuration.queryTransform != "none" {
            guard let transform = transforms[configuration.queryTransform] else {
                let known = (["none"] + transforms.keys.sorted()).joined(separator: ", ")
                throw RAGError(
                    code: .invalidConfiguration,
                    message: "The configuration's query.transform \"\(configuration.queryTransform)\" is not known; it "
                        + "can be \(known).\(transforms.isEmpty ? " Others are written by the model under `generator`." : "")"
                )
            }
            stages.transform = transform
        }
        if configuration.history == .rewrite {
            guard let followUps else {
                throw RAGError(
                    code: .invalidConfiguration,
                    message:
                        "The configuration has `query.history: rewrite`, which the model under `generator` does, and "
                        + "neo.yaml names none. Name one, or take `none` or `concatenate`.")
            }
            stages.followUps = followUps
        }
        return stages
    }
}

extension IndexLibrary {
    /// A library over the same documents and others, which stand in memory only; models are shared.
    package func adding(_ documents: [Document]) -> IndexLibrary {
        IndexLibrary(
            corpus: Corpus(corpus.documents + documents), counter: counter, encoders: encoders, language: language,
            scorers: scorers, transforms: transforms, followUps: followUps)
    }
}
