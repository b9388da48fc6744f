internal import AutoML

extension FinalistPhase {
    /// Measures no latency where that would probably cost more than is left: every request asks the served models anew.
    ///
    /// - Throws: `EngineerError` where a constraint is decided on these requests.
    mutating func spare(_ outcome: StudyOutcome, left: Double?) throws(EngineerError) {
        guard let left, options.requests > 0 else { return }
        let complete = outcome.trials.filter { $0.trial.state == .complete }
        // Dollars a request.
        let costs = complete.map { (checks.meanCost($0) ?? 0) / 1000 }.sorted(by: >)
        let constraint = constraints.first(where: \.readsClock)
        let finalists = constraint == nil ? 2 + options.companions : options.finalists
        let foretold =
            costs.reduce(0) { $0 + $1 * Double(options.predictions + 1) }
            + costs.prefix(finalists).reduce(0) { $0 + $1 * Double(options.requests + 3) }
        guard foretold > max(left, 0) else { return }
        let words =
            "measuring latency may cost \(QuantityWords.dollars(foretold)), and "
            + "\(QuantityWords.dollars(max(left, 0))) are left of the limit of cost"
        if let constraint {
            throw EngineerError(
                code: .invalidRequest,
                message: "The constraint \"\(constraint.text)\" is decided on measured requests: \(words). All trials "
                    + "are kept: search again with a larger limit, or with fewer --latency-requests."
            )
        }
        options.requests = 0
        note("No latency is measured: \(words).")
    }
}
