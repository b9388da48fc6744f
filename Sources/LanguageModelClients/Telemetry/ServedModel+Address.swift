internal import Downloads
package import Telemetry

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ServedModel {
    /// Hosts of services that the conventions have a name for (`gen_ai.provider.name`, version 1.41.1).
    private static let wellKnown: [(suffix: String, provider: String)] = [
        ("api.openai.com", "openai"), ("openai.azure.com", "azure.ai.openai"),
        ("services.ai.azure.com", "azure.ai.inference"), ("api.anthropic.com", "anthropic"),
        ("api.cohere.com", "cohere"), ("api.cohere.ai", "cohere"), ("api.deepseek.com", "deepseek"),
        ("generativelanguage.googleapis.com", "gcp.gemini"), ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("api.groq.com", "groq"), ("api.mistral.ai", "mistral_ai"), ("api.perplexity.ai", "perplexity"),
        ("api.x.ai", "x_ai"), ("amazonaws.com", "aws.bedrock"), ("ml.cloud.ibm.com", "ibm.watsonx.ai"),
    ]

    /// A model behind an address.
    ///
    /// - Parameter provider: who serves it, where the address does not tell.
    package init(at url: String, name: String?, provider: String) {
        let address = try? Address(url)
        let host = address?.host ?? ""
        let known = Self.wellKnown.first { host == $0.suffix || host.hasSuffix("." + $0.suffix) }?.provider
        self.init(
            provider: known ?? provider, name: name, address: address?.host,
            port: address?.origin.split(separator: ":").last.flatMap { Int($0) })
    }
}

extension ModelEndpoint {
    /// How spans name the model: by the address, or by what serves under the API.
    var served: ServedModel {
        ServedModel(at: url, name: model, provider: api == .tei ? "text-embeddings-inference" : api.rawValue)
    }
}
