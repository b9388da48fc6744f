internal import AutoML
internal import Base
internal import RAG

/// What a report says of money: what questions cost when they are served, and what the search itself spent.
struct ReportCosts {
    let results: SearchResults

    /// Whether any model of the project has a price.
    var hasPrices: Bool { !(results.prices ?? [:]).isEmpty }

    /// The head of a table's column; none where there is no price.
    var header: [String] { hasPrices ? ["$ per 1,000 questions"] : [] }

    /// A trial's cell in that column.
    func cell(_ trial: SearchResults.TrialResult?) -> [String] {
        guard hasPrices else { return [] }
        guard let trial, let cost = trial.costPer1000 else { return ["–"] }
        return [cost.value == 0 ? (isLocal(trial) ? "0 (local)" : "0") : QuantityWords.dollars(cost.value)]
    }

    /// Whether nobody is asked when the configuration is served.
    private func isLocal(_ trial: SearchResults.TrialResult) -> Bool {
        trial.metrics[RAGEvaluator.encoderTokens] == nil && trial.metrics[RAGEvaluator.rerankerTokens] == nil
    }

    /// What cost and time the search itself had.
    var blocks: [ReportBlock] {
        guard let seconds = results.timings["seconds"]?.number else { return [] }
        var items = ["It took \(Self.duration(seconds))\(phases)."]
        if let spending = results.spending {
            if let dollars = spending.dollars, dollars + spending.dollarsBefore == 0 {
                items.append("It spent nothing.")
            } else if let dollars = spending.dollars {
                let before =
                    spending.dollarsBefore > 0
                    ? ", after \(QuantityWords.dollars(spending.dollarsBefore)) in earlier runs of the same search" : ""
                let together =
                    spending.dollarsBefore > 0
                    ? " \(QuantityWords.dollars(dollars + spending.dollarsBefore)) together." : ""
                items.append("It spent \(QuantityWords.dollars(dollars)) on served models\(before).\(together)")
            } else if spending.models.isEmpty {
                items.append("It spent nothing: every model runs on this machine.")
            } else {
                items.append("What it spent is not known: no served model has a \"price\" in neo.yaml.")
            }
            items += spending.models.map { "\($0.sentence)." }
        }
        var blocks: [ReportBlock] = [.heading("Cost and time of the search"), .list(items)]
        if hasPrices { blocks.append(.paragraph(Self.meaning)) }
        return blocks
    }

    private static let meaning =
        "What is in the cache is not asked for again, so a second run is cheaper. The dollars per 1,000 questions of a "
        + "configuration do not depend on the cache: they are the tokens that the served encoder reads of a question and "
        + "the served reranker of its passages, times their prices. Encoding the documents is paid once, and not in them."

    /// Phases as a reader knows them.
    private static let names = [
        "searching": "the search itself", "finalists": "latency",
        "baselines": "the simpler searches, of which much was known",
    ]

    private var phases: String {
        let phases = results.timings["phases"]?.object ?? [:]
        let longest = phases.compactMap { name, value in value.number.map { (name, $0) } }
            .filter { $0.1 >= 0.5 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(3)
        guard !longest.isEmpty else { return "" }
        return " (" + longest.map { "\(Self.names[$0.0] ?? $0.0): \(Self.duration($0.1))" }.joined(separator: ", ")
            + ")"
    }

    /// A time as a reader says it.
    static func duration(_ seconds: Double) -> String {
        guard seconds >= 60 else { return "\(Rounding.text(seconds, digits: seconds < 10 ? 1 : 0)) s" }
        let whole = Int(clamping: Int64(min(seconds, 1e15)))
        return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
