internal import AutoML
internal import Base

/// Keeps in a study's journal what a search spends, also outside of trials: on finalists, baselines and held-out questions.
struct SpendingLedger {
    /// What this process has spent so far, in dollars.
    let meter: @Sendable () -> Double
    /// What earlier runs of the search spent.
    let before: Double
    private let journal: any TrialJournal
    private let limit: Double?
    private var settled = 0.0

    /// - Parameter limit: what the search may spend, earlier runs included.
    init(_ uses: @escaping @Sendable () -> [ModelUse], journal: any TrialJournal, limit: Double?) async throws {
        meter = { uses().reduce(0) { $0 + ($1.dollars ?? 0) } }
        self.journal = journal
        self.limit = limit
        before = try await journal.spendings().reduce(0) { $0 + $1.cost }
    }

    /// How much may still be spent; nil where there is no limit.
    var left: Double? { limit.map { $0 - before - meter() } }

    /// What was spent since the last time was spent outside of trials.
    mutating func settle() async throws {
        let now = meter()
        if now > settled { try await journal.spend(TrialSpending(trial: nil, cost: now - settled)) }
        settled = max(now, settled)
    }

    /// What was spent since the last time was spent on trials, and the study wrote it down.
    mutating func skipTrials() { settled = max(meter(), settled) }
}

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

    /// After a search: what could not be counted.
    static func unknown(_ uses: [ModelUse]) -> String? {
        let silent = uses.filter { $0.uncountedRequests > 0 && $0.dollars != nil }
        guard !silent.isEmpty else { return nil }
        return "What was spent is more than is said: \(silent.map(\.model).joined(separator: ", ")) answered without a "
            + "count of tokens."
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
