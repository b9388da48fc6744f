/// The names of all attributes that spans and metrics carry: those of OpenTelemetry's semantic conventions 1.41.1,
/// one of OpenInference, and one of Neo's own.
package enum AttributeName: String, Sendable, Hashable, CaseIterable {
    case operation = "gen_ai.operation.name"
    case provider = "gen_ai.provider.name"
    case outputType = "gen_ai.output.type"

    case requestModel = "gen_ai.request.model"
    case maxTokens = "gen_ai.request.max_tokens"
    case temperature = "gen_ai.request.temperature"
    case topP = "gen_ai.request.top_p"
    case topK = "gen_ai.request.top_k"
    case seed = "gen_ai.request.seed"
    case stopSequences = "gen_ai.request.stop_sequences"
    case isStream = "gen_ai.request.stream"
    case encodingFormats = "gen_ai.request.encoding_formats"
    case dimensionCount = "gen_ai.embeddings.dimension.count"

    case responseID = "gen_ai.response.id"
    case responseModel = "gen_ai.response.model"
    case finishReasons = "gen_ai.response.finish_reasons"
    case timeToFirstChunk = "gen_ai.response.time_to_first_chunk"

    case inputTokens = "gen_ai.usage.input_tokens"
    case outputTokens = "gen_ai.usage.output_tokens"
    case cacheReadTokens = "gen_ai.usage.cache_read.input_tokens"
    case cacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens"
    case reasoningTokens = "gen_ai.usage.reasoning.output_tokens"
    case tokenType = "gen_ai.token.type"
    /// Whether the server did not count, so that the numbers of tokens are guesses.
    case isUsageEstimated = "neo.usage.is_estimated"

    case dataSource = "gen_ai.data_source.id"
    case workflow = "gen_ai.workflow.name"

    case serverAddress = "server.address"
    case serverPort = "server.port"
    case errorType = "error.type"
    case openInferenceKind = "openinference.span.kind"

    // What was said; only where it was asked for.
    case systemInstructions = "gen_ai.system_instructions"
    case inputMessages = "gen_ai.input.messages"
    case outputMessages = "gen_ai.output.messages"
    case toolDefinitions = "gen_ai.tool.definitions"
    case retrievalQuery = "gen_ai.retrieval.query.text"
    case retrievalDocuments = "gen_ai.retrieval.documents"

    /// Those that tell what was said.
    package static let content: Set<AttributeName> = [
        .systemInstructions, .inputMessages, .outputMessages, .toolDefinitions, .retrievalQuery, .retrievalDocuments,
    ]

    /// Those that metrics are told apart by; each has few values.
    static let metricDimensions: Set<AttributeName> = [
        .operation, .provider, .requestModel, .responseModel, .serverAddress, .serverPort, .errorType,
    ]
}
