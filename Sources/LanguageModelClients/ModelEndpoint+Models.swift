internal import Base
package import Downloads

extension ModelEndpoint {
    /// The names of the models that the endpoint says it serves: `GET {url}/models`, or Ollama's `GET {url}/api/tags`.
    ///
    /// - Throws: `EndpointError` where it lists none; text-embeddings-inference has one model and no list.
    @concurrent
    package func models(proxies: ProxySettings = ProxySettings(), seconds: Int64 = 10) async throws -> [String] {
        let path: String
        switch api {
        case .openai: path = "/models"
        case .ollama: path = "/api/tags"
        case .tei: throw EndpointError(.settings, "\(url) serves one model and has no list of them.")
        }
        let settings = settings(
            proxies: proxies, attempts: 1, seconds: seconds, replyBytes: 16 << 20, pause: { _ in })
        let reply = try await EndpointSession.with(settings) { try await $0.get(path, seconds: Double(seconds)) }
        guard let names = ServedModels.names(in: reply) else {
            throw EndpointError(.answer, "\(url + path) answered with no list of models.")
        }
        return names
    }
}
