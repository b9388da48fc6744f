extension KnowledgeLearning.Outcome {
    /// What was done, for people.
    package var text: String {
        var lines = ["Strategy \(strategy.version) from \(strategy.records.count) searches."]
        if let replay = strategy.replay {
            let name = previous.map { "strategy \($0)" } ?? "without a strategy"
            lines += [
                "Replay of \(replay.studies) searches, \(replay.corpora) sets of documents, each left out in turn: regret after \(replay.trials) trials",
                "  cold:               \(Rounding.text(replay.cold))",
                "  before (\(name)): \(Rounding.text(replay.before))",
                "  after:              \(Rounding.text(replay.after))",
            ]
        }
        lines.append(
            isKept
                ? "It counts from now on; `neo learn --use \(previous.map(String.init) ?? "none")` takes that back."
                : "It would not have helped, so it does not count; what counted before still does.")
        lines.append("seeds: \(strategy.seeds) of a portfolio of \(strategy.portfolio.count)")
        if !strategy.order.isEmpty { lines.append("varied first: \(strategy.order.prefix(6).joined(separator: ", "))") }
        return lines.joined(separator: "\n")
    }
}
