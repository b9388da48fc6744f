internal import Base
internal import Engineer
internal import LanguageModelClients

extension ModelEndpoint {
    /// What a project names, with the key that the environment holds, or as `config.yaml` describes it.
    ///
    /// - Throws: a sentence where a name is not known, or a key is not there.
    init(_ setting: EndpointSetting, environment: [String: String]) throws {
        if let name = setting.endpoint {
            try self.init(
                named: name, model: setting.model, price: setting.price, try ModelsConfiguration.read(environment),
                environment)
            return
        }
        var key: Secret?
        if let variable = setting.key {
            key = environment[variable].flatMap { Secret($0) }
            guard key != nil else {
                throw EndpointError(
                    .settings,
                    "neo.yaml says that the key for \(setting.url) is in the environment variable \(variable), which is "
                        + "not set.")
            }
        }
        self.init(
            api: API(rawValue: setting.api) ?? .openai, url: setting.url, model: setting.model, key: key,
            dollarsPerMillionTokens: setting.price)
    }

    private init(
        named name: String, model: String?, price: Double?, _ configuration: ModelsConfiguration,
        _ environment: [String: String]
    ) throws {
        let reference = try configuration.embedding(name, model: model)
        let entry = try configuration.endpoint(reference.endpoint)
        guard let url = entry.url, entry.api != .anthropic else {
            throw EngineerError(
                code: .invalidConfiguration,
                message: entry.api == .local
                    ? "\(reference) runs on this machine: say `encoder: \(reference.model)` in neo.yaml, without an endpoint."
                    : "\(reference.endpoint) speaks Anthropic's protocol, which has no vectors and no scores; name another "
                        + "endpoint in neo.yaml.")
        }
        let secrets = EndpointSecrets(path: configuration.path, environment: environment)
        let listed = PriceList(configuration).price(of: reference.model, endpoint: reference.endpoint, url: url)
        self.init(
            // All of them speak OpenAI's protocol at the address that serves their language models, Ollama too.
            api: .openai, url: url, model: reference.model, key: try secrets.key(of: reference.endpoint, entry),
            headers: try secrets.headers(of: reference.endpoint, entry),
            certificateAuthority: entry.certificates.map { Project.absolute($0) },
            concurrentRequests: entry.concurrency, timeLimitSeconds: entry.timeout.map(Int64.init),
            dollarsPerMillionTokens: price ?? listed?.input)
    }
}

extension ModelsConfiguration {
    /// The model that an encoder or reranker of neo.yaml names: of an endpoint, or the one with the role `embedding`, which is
    /// also taken where only its endpoint is named.
    fileprivate func embedding(_ name: String, model: String?) throws(EngineerError) -> ModelReference {
        if name == ModelRole.embedding.rawValue { return try reference(name) }
        _ = try endpoint(name)
        if let model { return ModelReference(endpoint: name, model: model) }
        if let reference = roles[.embedding], reference.endpoint == name { return reference }
        throw EngineerError(
            code: .invalidConfiguration,
            message: "neo.yaml names the endpoint \(name) without a model. Say which: `{endpoint: \(name), model: …}`; "
                + "`neo models list \(name)` shows those that it has.")
    }
}
