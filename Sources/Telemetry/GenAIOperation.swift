/// What is done with a model: the values of `gen_ai.operation.name` in the semantic conventions of OpenTelemetry for
/// generative AI, version 1.41.1, and `rerank`, which they do not have yet.
package enum GenAIOperation: String, Sendable, Hashable, CaseIterable {
    /// A conversation is continued.
    case chat
    /// Texts become vectors.
    case embeddings
    /// Passages are scored for a query.
    case rerank
    /// Passages are found for a query.
    case retrieval
    /// Several of these, such as those that an answer needs.
    case invokeWorkflow = "invoke_workflow"

    /// The kind of span in OpenInference, by which viewers tell a retriever from a reranker.
    var openInferenceKind: String {
        switch self {
        case .chat: "LLM"
        case .embeddings: "EMBEDDING"
        case .rerank: "RERANKER"
        case .retrieval: "RETRIEVER"
        case .invokeWorkflow: "CHAIN"
        }
    }
}
