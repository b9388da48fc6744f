internal import Base

/// What a served model was asked by this process; what was in a cache was not asked for.
package struct ModelUse: Sendable, Hashable, Codable {
    package var model: String
    package var requests: Int
    /// How many requests were answered without saying how many tokens were read: what they cost is not known.
    package var uncountedRequests: Int
    package var tokens: Int
    /// Nil where the model has no price.
    package var dollars: Double?

    package init(model: String, requests: Int, uncountedRequests: Int, tokens: Int, dollars: Double?) {
        self.model = model
        self.requests = requests
        self.uncountedRequests = uncountedRequests
        self.tokens = tokens
        self.dollars = dollars
    }

    /// For people.
    package var sentence: String {
        let price = dollars.map { ", \(QuantityWords.dollars($0))" } ?? ""
        let uncounted =
            uncountedRequests > 0 ? " (\(uncountedRequests) requests came without a count of tokens)" : ""
        return "\(model): \(requests) requests, \(tokens) tokens\(price)\(uncounted)"
    }
}

/// What a search itself spent: it depends on what was in the caches.
package struct SearchSpending: Sendable, Hashable, Codable {
    /// What this run spent; nil where no model has a price.
    package var dollars: Double?
    /// What earlier runs of the same search spent.
    package var dollarsBefore: Double
    package var models: [ModelUse]

    /// Where it stands in a result's timings.
    static let key = "cost"

    init(_ uses: [ModelUse], dollarsBefore: Double = 0) {
        let prices = uses.compactMap(\.dollars)
        dollars = prices.isEmpty ? nil : prices.reduce(0, +)
        self.dollarsBefore = dollarsBefore
        models = uses
    }
}

extension SearchResults {
    /// What the search spent; nil in older results.
    package var spending: SearchSpending? {
        timings[SearchSpending.key].flatMap { try? $0.decoded(as: SearchSpending.self) }
    }
}
