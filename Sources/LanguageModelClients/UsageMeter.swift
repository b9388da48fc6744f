internal import Synchronization

/// What a model was asked and what that cost.
package struct ModelUsage: Sendable, Hashable {
    /// How many requests were answered.
    package var requests = 0
    /// How many of them the server answered without saying how many tokens it read.
    package var uncountedRequests = 0
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

    /// One request was answered; nil tokens where the server did not count them.
    func add(tokens: Int?) {
        state.withLock {
            $0.requests += 1
            if tokens == nil { $0.uncountedRequests += 1 }
            $0.tokens = TokenSum.of([$0.tokens, tokens ?? 0]) ?? 0
        }
    }
}

/// Adds up what servers counted.
enum TokenSum {
    /// The sum; nil where one of them is not known. A hostile count neither overflows it nor lowers it.
    static func of(_ counts: [Int?]) -> Int? {
        var sum = 0
        for count in counts {
            guard let count else { return nil }
            let (next, overflows) = sum.addingReportingOverflow(max(0, count))
            sum = overflows ? .max : next
        }
        return sum
    }
}
