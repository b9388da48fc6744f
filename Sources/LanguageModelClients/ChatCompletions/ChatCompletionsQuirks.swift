/// In what servers of OpenAI's chat completions differ, as far as a request shows it.
///
/// What comes back is read in all known forms, whoever sends it.
package struct ChatCompletionsQuirks: Sendable, Hashable {
    /// The field that bounds the length of an answer.
    package var maxTokensField = "max_tokens"
    /// Whether a stream ends with usage when `stream_options` asks for it; others refuse the field.
    package var knowsStreamOptions = true
    /// Whether `tool_choice` may name a tool. Elsewhere only that tool is offered, and a call is required.
    package var knowsNamedToolChoice = true
    /// Whether pictures may be addresses; elsewhere they must be sent along.
    package var fetchesImages = true

    /// OpenAI: reasoning models refuse `max_tokens`.
    package static let openAI = ChatCompletionsQuirks(maxTokensField: "max_completion_tokens")
    /// vLLM.
    package static let vLLM = ChatCompletionsQuirks()
    /// SGLang.
    package static let sgLang = ChatCompletionsQuirks()
    /// Ollama's `/v1`: it reads no pictures from addresses and ignores a tool that is named.
    package static let ollama = ChatCompletionsQuirks(knowsNamedToolChoice: false, fetchesImages: false)
    /// LM Studio: `tool_choice` is a word.
    package static let lmStudio = ChatCompletionsQuirks(knowsNamedToolChoice: false, fetchesImages: false)
    /// llama.cpp's server: a tool that is named counts as `auto`, without a word (llama.cpp, issue 26535).
    package static let llamaServer = ChatCompletionsQuirks(knowsNamedToolChoice: false)
    /// OpenRouter.
    package static let openRouter = ChatCompletionsQuirks()

    /// Quirks.
    package init(
        maxTokensField: String = "max_tokens", knowsStreamOptions: Bool = true, knowsNamedToolChoice: Bool = true,
        fetchesImages: Bool = true
    ) {
        self.maxTokensField = maxTokensField
        self.knowsStreamOptions = knowsStreamOptions
        self.knowsNamedToolChoice = knowsNamedToolChoice
        self.fetchesImages = fetchesImages
    }
}
