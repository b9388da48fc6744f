internal import AutoML
internal import Base

/// What is said of a limit of money.
enum SpendingWords {
    /// Before a search: what the limit does not count.
    static func uncounted(limit: Double?, _ file: ProjectFile) -> String? {
        guard limit != nil else { return nil }
        let cost = ServingCost(file)
        let names = cost.unpriced.joined(separator: ", ")
        if cost.prices.isEmpty {
            return names.isEmpty
                ? "The limit of cost counts nothing: every model runs on this machine."
                : "The limit of cost counts nothing: no `price` in neo.yaml says what \(names) costs."
        }
        return names.isEmpty ? nil : "The limit of cost does not count \(names): neo.yaml gives no `price`."
    }

    /// After a search: what was not counted.
    static func unknown(_ uses: [ModelUse]) -> String? {
        let silent = uses.filter { $0.uncountedRequests > 0 && $0.dollars != nil }
        guard !silent.isEmpty else { return nil }
        return "What was spent is in part an estimate: \(silent.map(\.model).joined(separator: ", ")) answered without "
            + "a count of tokens."
    }

    /// What was left undone because the money is spent; nil where something else went wrong.
    static func undone(_ what: String, _ error: any Error) -> String? {
        budgetShortage(error).map { "\(what) \(sentence(for: $0)) The same search goes on from there." }
    }

    /// Why a search ended before its trials; nil where no budget ended it.
    static func ending(_ outcome: StudyOutcome, limit: Double?, spent: Double) -> String? {
        switch outcome.ending {
        case .exhausted, .trials: return nil
        case .evaluations: return "Stopped: another trial would go beyond the budget of measurements."
        case .seconds:
            guard let refusal = outcome.refusal else { return "Stopped: the time is over." }
            let (left, next) = (Rounding.text(refusal.left, digits: 0), Rounding.text(refusal.foretold, digits: 0))
            return "Stopped: \(left) s are left, and the next trial would probably take \(next) s."
        case .cost:
            let words = "Stopped: \(QuantityWords.dollars(spent)) of \(QuantityWords.dollars(limit ?? 0)) are spent"
            guard let refusal = outcome.refusal, refusal.left > 0 else { return words + "." }
            return words + ", and the next trial would probably cost \(QuantityWords.dollars(refusal.foretold))."
        }
    }
}
