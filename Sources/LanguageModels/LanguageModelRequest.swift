package import Base

/// What a model is asked.
///
/// What is nil is left to the server.
package struct LanguageModelRequest: Sendable, Hashable {
    /// The conversation so far; the model continues it.
    package var messages: [Message]
    /// What the model may call.
    package var tools: [ToolDefinition]
    /// Whether it must, or may not; nil where there are no tools, or the model may choose.
    package var toolChoice: ToolChoice?
    /// A form that the text must have.
    package var responseFormat: ResponseFormat?
    /// The longest answer, reasoning included.
    package var maxOutputTokens: Int?
    /// How far from the most probable answer it may stray; 0 is as near as the server gets.
    package var temperature: Double?
    /// The share of the probability that tokens are drawn from.
    package var topP: Double?
    /// Texts that end the answer where they appear.
    package var stopSequences: [String]
    /// Asks for the same answer each time, where the server can.
    package var seed: Int?
    /// Up to where the server should keep what it computed, for requests that begin alike. Servers that do this by
    /// themselves are not told.
    package var cacheBreakpoints: Set<CacheBreakpoint>

    /// A request.
    package init(
        messages: [Message], tools: [ToolDefinition] = [], toolChoice: ToolChoice? = nil,
        responseFormat: ResponseFormat? = nil, maxOutputTokens: Int? = nil, temperature: Double? = nil,
        topP: Double? = nil, stopSequences: [String] = [], seed: Int? = nil,
        cacheBreakpoints: Set<CacheBreakpoint> = []
    ) {
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.responseFormat = responseFormat
        self.maxOutputTokens = maxOutputTokens
        self.temperature = temperature
        self.topP = topP
        self.stopSequences = stopSequences
        self.seed = seed
        self.cacheBreakpoints = cacheBreakpoints
    }
}

/// An end of the part of a request that further requests will begin with.
package enum CacheBreakpoint: Sendable, Hashable {
    /// Behind the last tool.
    case tools
    /// Behind the message at this position.
    case message(Int)
}

/// The form of an answer's text.
package enum ResponseFormat: Sendable, Hashable {
    /// JSON that a schema describes. The server is asked to hold to it; whether it did is for the caller to check.
    case jsonSchema(name: String, schema: JSONValue)
}
