internal import AutoML
internal import Base
internal import LanguageModels
internal import Storage

/// What a search may spend and has spent: the ledger's figures of the calls that it caused, and a budget of its own there,
/// which holds calls back that may go beyond it.
struct SearchBudget {
    /// What its calls are written down as.
    let scope: CallScope
    /// What earlier runs of the search spent.
    let before: Double
    /// What it may spend, earlier runs included; nil for no limit.
    let limit: Double?
    private let ledger: CallLedger

    /// Opens the ledger, and makes, changes or takes away the search's budget.
    init(_ database: NeoDatabase, search: ContentHash, limit: Double?) async throws {
        let name = "search \(search.short)"
        ledger = try await CallLedger(database)
        try await ledger.setBudget(ofSearch: search.hex, named: name, to: limit)
        scope = CallScope(search: search.hex, budgets: [name])
        self.limit = limit
        before = try await Self.totals(ledger, scope).reduce(0) { $0 + $1.dollars }
    }

    /// What this process has spent so far, in dollars.
    var meter: @Sendable () -> Double {
        { [tally = scope.tally] in tally.dollars }
    }

    /// What all runs have spent.
    var spent: Double { before + meter() }

    /// How much may still be spent; nil where there is no limit.
    var left: Double? { limit.map { $0 - spent } }

    /// The limit of one of the search's studies, whose journal counts what that study itself spent before.
    func limit(of journal: any TrialJournal) async throws -> Double? {
        guard let left else { return nil }
        let own = try await journal.spendings().reduce(0) { $0 + $1.cost }
        return max(left + own, .leastNormalMagnitude)
    }

    /// What each model was asked, in all runs.
    func uses() async throws -> [ModelUse] { try await Self.totals(ledger, scope).map { ModelUse($0) } }

    private static func totals(_ ledger: CallLedger, _ scope: CallScope) async throws -> [CallTotal] {
        try await ledger.totals(by: .model, since: nil, search: scope.search)
    }
}

/// The budget that an error is about, whatever it is wrapped in; nil where it is about something else.
func budgetShortage(_ error: any Error) -> (any PersistentFailure)? {
    var error: (any Error)? = error
    for _ in 0..<8 {
        if let suspended = error as? EvaluationSuspended { error = suspended.cause }
        if let found = error as? any PersistentFailure { return found }
        error = (error as? any DescribedError)?.cause
    }
    return nil
}
