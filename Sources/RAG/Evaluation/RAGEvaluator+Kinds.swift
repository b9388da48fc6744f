package import AutoML
internal import Base

extension RAGEvaluator {
    /// First all configurations that share the chunks and their vectors, and ask the same models; then all that ask the
    /// same models, whatever they have to index.
    package func kinds(of configuration: Configuration) -> [String] {
        guard let values = try? PipelineConfiguration(configuration) else { return [configuration.hash.hex] }
        let retrieval =
            switch values.retrieval {
            case .lexical: "lexical"
            case .dense: "dense"
            case .hybrid: "hybrid"
            }
        let encoder = values.needsEncoder ? values.encoder ?? "first" : "none"
        let models = "\(retrieval) \(encoder) \(values.reranker)"
        let indexes = "\(values.chunking) \(values.contextualHeader) \(values.parentTokens) \(values.vectorStorage)"
        return ["\(models) \(indexes)", models]
    }
}
