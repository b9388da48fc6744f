package import Base

/// Where a language model is served, and how it wants to be asked.
package struct LanguageModelEndpoint: Sendable {
    /// The protocols.
    package enum API: Sendable, Hashable {
        /// OpenAI's chat completions, which most servers speak: `POST {url}/chat/completions`, where the address mostly
        /// ends in `/v1`.
        case chatCompletions(ChatCompletionsQuirks)
        /// OpenAI's Responses: `POST {url}/responses`.
        case responses
        /// Anthropic's messages: `POST {url}/v1/messages`.
        case anthropicMessages
    }

    /// The protocol.
    package var api: API
    /// The address that the protocol's paths are put behind, without a slash at its end.
    package var url: String
    /// The model's name; nil where the server has only one.
    package var model: String?
    /// Shown to the server; never over a connection that others can read.
    package var key: Secret?
    /// Further headers, such as the name of a project; never sent over a connection that others can read.
    package var headers: [String: Secret]
    /// Further fields of each request, for what only this server knows.
    package var extraFields: [String: JSONValue]
    /// A file of certificates, in PEM, of authorities that are trusted beside those of the machine: for servers of a
    /// company that signs its own.
    package var certificateAuthority: String?
    /// How many requests may be under way at a time.
    package var concurrentRequests: Int
    /// How often a request is tried.
    package var attempts: Int
    /// How long an answer may take, from the request to its last word.
    package var timeLimitSeconds: Int64
    /// The longest answer that is read.
    package var replyBytes: Int

    /// An endpoint.
    package init(
        api: API, url: String, model: String? = nil, key: Secret? = nil, headers: [String: Secret] = [:],
        extraFields: [String: JSONValue] = [:], certificateAuthority: String? = nil, concurrentRequests: Int = 8,
        attempts: Int = 5,
        timeLimitSeconds: Int64 = 600, replyBytes: Int = 16 << 20
    ) {
        self.api = api
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        self.url = url
        self.model = model
        self.key = key
        self.headers = headers
        self.extraFields = extraFields
        self.certificateAuthority = certificateAuthority
        self.concurrentRequests = concurrentRequests
        self.attempts = attempts
        self.timeLimitSeconds = timeLimitSeconds
        self.replyBytes = replyBytes
    }
}
