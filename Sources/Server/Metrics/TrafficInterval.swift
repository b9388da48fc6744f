internal import Statistics

/// What came in during a while: what the history of a service is made of. It holds figures and no words of anybody.
struct TrafficInterval: Sendable {
    /// So many durations are kept, the latest; with more the quantiles are of those.
    static let mostDurations = 10_000

    private(set) var requests = 0
    /// Requests that failed here.
    private(set) var errors = 0
    /// Requests that were refused: malformed, too many, without a token.
    private(set) var refused = 0
    private(set) var answers = 0
    private(set) var abstentions = 0
    private var milliseconds: [Double] = []

    /// A request is done.
    mutating func add(status: Int, seconds: Double) {
        if milliseconds.count < Self.mostDurations {
            milliseconds.append(seconds * 1000)
        } else {
            milliseconds[requests % Self.mostDurations] = seconds * 1000
        }
        requests += 1
        if status >= 500 { errors += 1 } else if status >= 400 { refused += 1 }
    }

    /// A question was answered, or not.
    mutating func add(isAbstention: Bool) {
        if isAbstention { abstentions += 1 } else { answers += 1 }
    }

    /// The figures by the names under which a run keeps them; nil where nothing came.
    var figures: [String: Double]? {
        guard requests > 0 || answers + abstentions > 0 else { return nil }
        var figures = [
            "requests": Double(requests), "errors": Double(errors), "refused": Double(refused),
            "answers": Double(answers), "abstentions": Double(abstentions),
        ]
        figures["p50_ms"] = quantile(0.5, of: milliseconds)
        figures["p95_ms"] = quantile(0.95, of: milliseconds)
        figures["p99_ms"] = quantile(0.99, of: milliseconds)
        return figures
    }
}
