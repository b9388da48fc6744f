/// A language model by the name of its endpoint and its own: `openai/gpt-5-mini`, `local/smollm2-135m-instruct`.
package struct ModelReference: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The endpoint of the models that run on this machine; there is one without any configuration.
    package static let localEndpoint = "local"

    /// The endpoint's name.
    package var endpoint: String
    /// The model's name at that endpoint, which may have slashes itself.
    package var model: String

    /// A model.
    package init(endpoint: String, model: String) {
        self.endpoint = endpoint
        self.model = model
    }

    /// Reads `ENDPOINT/MODEL`. Where there is no endpoint of that name, all of it is a model of this machine, such as
    /// one that was fetched by its name at the Hub.
    ///
    /// - Parameter endpoints: the names of the endpoints that there are.
    package init(_ text: String, endpoints: some Sequence<String>) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2, !text.hasPrefix("/"), endpoints.contains(parts[0]) {
            self.init(endpoint: parts[0], model: parts[1])
        } else {
            self.init(endpoint: Self.localEndpoint, model: text)
        }
    }

    package var description: String { "\(endpoint)/\(model)" }
}
