internal import Synchronization

/// What a model was asked and what that cost.
package struct ModelUsage: Sendable, Hashable {
    /// How many requests were answered.
    package var requests = 0
    /// How many tokens the server counted; texts whose tokens it did not count are not in it.
    package var tokens = 0
    /// What that costs, in dollars; nil where the price is not known.
    package var dollars: Double?
}

/// Adds up what an endpoint was asked.
final class UsageMeter: Sendable {
    private let state = Mutex(ModelUsage())
    private let dollarsPerMillionTokens: Double?

    init(dollarsPerMillionTokens: Double?) {
        self.dollarsPerMillionTokens = dollarsPerMillionTokens
    }

    /// What was used so far.
    var usage: ModelUsage {
        var usage = state.withLock { $0 }
        usage.dollars = dollarsPerMillionTokens.map { $0 * Double(usage.tokens) / 1e6 }
        return usage
    }

    func add(tokens: Int) {
        state.withLock {
            $0.requests += 1
            // A hostile count must not overflow the sum.
            $0.tokens = $0.tokens.addingReportingOverflow(max(0, tokens)).partialValue
        }
    }
}
