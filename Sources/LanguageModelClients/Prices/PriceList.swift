internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What models cost: the user's own prices first, then the list prices that Neo brings.
///
/// A model that is in neither has no price, which is not the same as costing nothing.
package struct PriceList: Sendable {
    /// The user's own, by `ENDPOINT/MODEL` or by the model alone.
    private let own: [String: ModelPrice]
    /// By host and model.
    private let listed: [String: [String: ModelPrice]]

    /// The prices.
    ///
    /// - Parameter own: by `ENDPOINT/MODEL`, where ENDPOINT is the name that the user gave it, or by the model alone.
    package init(own: [String: ModelPrice] = [:]) {
        self.own = own
        // The file is part of the program, and a test reads it.
        listed = (try? Self.parse(Data(PackageResources.prices_json))) ?? [:]
    }

    /// What a model costs; nil where nobody said.
    ///
    /// - Parameters:
    ///   - endpoint: the name that the user gave the endpoint.
    ///   - url: its address. List prices are for the provider's own address only: a proxy may ask for more.
    package func price(of model: String, endpoint: String, url: String) -> ModelPrice? {
        if let price = own["\(endpoint)/\(model)"] ?? own[model] { return price }
        guard let host = URL(string: url)?.host() else { return nil }
        return listed[host.lowercased()]?[model]
    }

    /// How many models have a list price.
    package var listedModels: Int { listed.values.reduce(0) { $0 + $1.count } }

    static func parse(_ data: Data) throws -> [String: [String: ModelPrice]] {
        var listed: [String: [String: ModelPrice]] = [:]
        for provider in try JSONValue(parsing: data)["providers"]?.array ?? [] {
            guard let host = provider["host"]?.string, let source = provider["source"]?.string else { continue }
            for model in provider["models"]?.array ?? [] {
                guard let input = model["input"]?.number, let output = model["output"]?.number else { continue }
                let price = ModelPrice(
                    input: input, cachedInput: model["cached_input"]?.number,
                    cacheCreation: model["cache_creation"]?.number, output: output, source: source,
                    date: provider["date"]?.string)
                for name in model["names"]?.array ?? [] { listed[host, default: [:]][name.string ?? ""] = price }
            }
        }
        return listed
    }
}
