internal import AutoML
internal import Base
internal import RAG

/// What questions cost when a configuration is served: the tokens that its served encoder and reranker read, times their
/// prices in `neo.yaml`. Whatever is in a cache, each question is counted as if it were new.
struct ServingCost: Sendable {
    private let encoders: [ModelSetting]
    private let rerankers: [ModelSetting]

    init(_ file: ProjectFile) {
        encoders = file.encoders
        rerankers = file.rerankers
    }

    /// The prices by model; empty where none is known.
    var prices: [String: Double] {
        Dictionary(
            (encoders + rerankers).compactMap { setting in setting.price.map { (setting.name, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The served models of which nobody said what they cost.
    var unpriced: [String] { (encoders + rerankers).filter { $0.isServed && $0.price == nil }.map(\.name) }

    /// Dollars a thousand questions, one number a question that was measured; all 0 where no served model is asked. Nil
    /// where one that is asked has no price.
    func dollarsPerThousand(_ configuration: Configuration, _ measurements: [Measurement]) -> [Double]? {
        let encoder = price(of: configuration["encoder"]?.string, among: encoders)
        let reranker = price(of: configuration["reranker.model"]?.string, among: rerankers)
        var costs: [Double] = []
        for measurement in measurements where measurement.failure == nil {
            var cost = 0.0
            for (name, price) in [(RAGEvaluator.encoderTokens, encoder), (RAGEvaluator.rerankerTokens, reranker)] {
                guard let tokens = measurement.metrics[name] else { continue }
                guard let price else { return nil }
                // Dollars a million tokens, for a thousand questions.
                cost += tokens * price / 1000
            }
            costs.append(cost)
        }
        return costs
    }

    /// The price of the model that a configuration names, or of the first one.
    private func price(of name: String?, among settings: [ModelSetting]) -> Double? {
        (name.flatMap { name in settings.first { $0.name == name } } ?? settings.first)?.price
    }
}

extension ModelSetting {
    /// Whether somebody serves it.
    fileprivate var isServed: Bool { if case .endpoint = source { true } else { false } }

    /// Dollars a million tokens; nil where nobody said, and of what runs on this machine.
    fileprivate var price: Double? { if case .endpoint(let endpoint) = source { endpoint.price } else { nil } }
}

extension ProjectFile {
    /// Whether any of its models is served by somebody.
    var asksServers: Bool { (encoders + rerankers).contains(where: \.isServed) }

    /// Whether measuring asks models that may have to be paid.
    var asksModels: Bool { asksServers || !generation.models.isEmpty }
}
