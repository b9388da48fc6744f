internal import Base
package import Storage

/// What a served model was asked; what was in a cache was not asked for.
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

    /// What the ledger says of a model.
    package init(_ total: CallTotal) {
        self.init(
            model: total.group, requests: total.calls - total.cacheHits, uncountedRequests: total.estimatedCalls,
            tokens: min(total.inputTokens, .max / 2) + min(total.outputTokens, .max / 2),
            dollars: total.isUnknown ? nil : total.dollars)
    }

    /// For people.
    package var sentence: String {
        let price = dollars.map { ", \(QuantityWords.dollars($0))" } ?? ""
        let uncounted =
            uncountedRequests > 0 ? " (\(uncountedRequests) requests came without a count of tokens)" : ""
        return "\(model): \(requests) requests, \(tokens) tokens\(price)\(uncounted)"
    }
}

/// What a search itself spent, as the ledger has it: it depends on what was in the caches.
package struct SearchSpending: Sendable, Hashable, Codable {
    /// What this run spent; nil where no model has a price.
    package var dollars: Double?
    /// What earlier runs of the same search spent.
    package var dollarsBefore: Double
    /// What each model was asked, in all runs.
    package var models: [ModelUse]

    /// Where it stands in a result's timings.
    static let key = "cost"

    /// - Parameter uses: of all runs.
    init(_ uses: [ModelUse], dollarsBefore: Double = 0) {
        let prices = uses.compactMap(\.dollars)
        dollars = prices.isEmpty ? nil : max(0, prices.reduce(0, +) - dollarsBefore)
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
