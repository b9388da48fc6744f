internal import Base
internal import Engineer
internal import LanguageModelClients

/// The models that an endpoint of `config.yaml` says it serves, with what is known of their prices.
struct ServedList: Sendable {
    let endpoint: String
    let url: String
    let models: [(name: String, price: ModelPrice?)]

    /// Asks an endpoint, or that of a role; nil where it is this machine, whose models are in the store.
    @concurrent
    static func ask(_ name: String, showing progress: ProgressLine) async throws -> ServedList? {
        try await MachineLanguageModels.with(showing: progress) { models in
            let configuration = models.configuration
            let endpoint =
                try ModelRole(rawValue: name).map { try configuration.reference($0.rawValue).endpoint } ?? name
            guard let url = try configuration.endpoint(endpoint).url else { return nil }
            let served = try await models.names(at: endpoint).map { model in
                (name: model, price: models.price(of: ModelReference(endpoint: endpoint, model: model)))
            }
            return ServedList(endpoint: endpoint, url: url, models: served)
        }
    }

    /// A line for each, as other commands take it.
    var text: String {
        guard !models.isEmpty else { return "\(endpoint) (\(url)) lists no models." }
        let lines = models.map { model in
            let name = model.name.filter { !$0.isNewline }
            return "\(endpoint)/\(name)\(model.price.map { "  \(Self.words($0))" } ?? "")"
        }
        return Terminal.harmless(lines.joined(separator: "\n"))
    }

    var value: JSONValue {
        [
            "endpoint": .string(endpoint), "url": .string(url),
            "models": .array(models.map { ["name": .string($0.name), "price": $0.price?.json ?? .null] }),
        ]
    }

    private static func words(_ price: ModelPrice) -> String {
        let origin = [price.source, price.date].compactMap { $0 }.joined(separator: ", ")
        return
            "\(QuantityWords.dollars(price.input)) a million tokens read, \(QuantityWords.dollars(price.output)) written "
            + "(\(origin))"
    }
}
