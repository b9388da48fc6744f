/// What `neo.yaml` says of a model that somebody serves.
package struct EndpointSetting: Sendable, Hashable {
    /// The ways of asking that are known: OpenAI's, Ollama's, and that of text-embeddings-inference.
    package static let apis = ["ollama", "openai", "tei"]

    /// The endpoint of `config.yaml` that serves it, or the role `embedding`: then the way of asking, the address and the key
    /// stand there. Nil where they stand here.
    package var endpoint: String?
    /// The way of asking.
    package var api: String
    /// The address that the API's paths are put behind.
    package var url: String
    /// The model's name; nil where the server has only one.
    package var model: String?
    /// The name of the environment variable that holds the key; the key itself stands in no file of a project.
    package var key: String?
    /// What a million tokens cost, in dollars.
    package var price: Double?

    package init(api: String, url: String, model: String? = nil, key: String? = nil, price: Double? = nil) {
        self.api = api
        self.url = url
        self.model = model
        self.key = key
        self.price = price
    }

    /// A model that an endpoint of `config.yaml` serves.
    ///
    /// - Parameter endpoint: its name, or the role `embedding`.
    package static func named(_ endpoint: String, model: String? = nil, price: Double? = nil) -> EndpointSetting {
        var setting = EndpointSetting(api: "", url: "", model: model, price: price)
        setting.endpoint = endpoint
        return setting
    }

    /// For callers that reach no servers.
    package static func unreachable(_ endpoint: EndpointSetting) -> EngineerError {
        EngineerError(
            code: .invalidRequest,
            message: "Models that are served at \(endpoint.endpoint ?? endpoint.url) cannot be asked here.")
    }
}
