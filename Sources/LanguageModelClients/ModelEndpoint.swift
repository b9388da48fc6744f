package import Base

/// Where a model is served, and in which way it wants to be asked.
package struct ModelEndpoint: Sendable, Hashable {
    /// The ways of asking.
    package enum API: String, Sendable, Hashable, CaseIterable {
        /// OpenAI's, which most servers speak: `POST {url}/embeddings`, and the `POST {url}/rerank` of Cohere, Jina and
        /// vLLM.
        case openai
        /// Ollama's own: `POST {url}/api/embed`.
        case ollama
        /// Hugging Face's text-embeddings-inference: `POST {url}/embed` and `POST {url}/rerank`.
        case tei
    }

    /// The way of asking.
    package var api: API
    /// The address that the API's paths are put behind, without a slash at its end.
    package var url: String
    /// The model's name; nil where the server has only one.
    package var model: String?
    /// Shown to the server as a bearer token; never over a connection that others can read.
    package var key: Secret?
    /// Further headers, such as the name of a project; never sent over a connection that others can read.
    package var headers: [String: Secret]
    /// A file of certificates, in PEM, of authorities that are trusted beside those of the machine.
    package var certificateAuthority: String?
    /// How many requests may be under way at a time; nil for the usual number.
    package var concurrentRequests: Int?
    /// How long an answer may take; nil for the usual time.
    package var timeLimitSeconds: Int64?
    /// What a million tokens cost, in dollars; nil where nobody said.
    package var dollarsPerMillionTokens: Double?

    /// An endpoint.
    package init(
        api: API, url: String, model: String? = nil, key: Secret? = nil, headers: [String: Secret] = [:],
        certificateAuthority: String? = nil, concurrentRequests: Int? = nil, timeLimitSeconds: Int64? = nil,
        dollarsPerMillionTokens: Double? = nil
    ) {
        self.api = api
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        self.url = url
        self.model = model
        self.key = key
        self.headers = headers
        self.certificateAuthority = certificateAuthority
        self.concurrentRequests = concurrentRequests
        self.timeLimitSeconds = timeLimitSeconds
        self.dollarsPerMillionTokens = dollarsPerMillionTokens
    }

    /// Names the endpoint in cache keys and reports. A server that changes its model under the same name changes what
    /// is found in a cache too late; give the model's version as part of its name where the server knows it.
    package var identity: String { "\(api.rawValue):\(url)/\(model ?? "")" }
}
