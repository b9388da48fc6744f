internal import Base
internal import LanguageModels
package import Storage

/// A call was not made because a budget does not allow it. What was done before is kept, so the work can go on as soon
/// as the budget is raised.
package struct BudgetShortage: DescribedError, PersistentFailure {
    /// The budget.
    package let budget: BudgetState
    /// What the call might have needed; nil where its price is unknown.
    package let needed: Double?
    package let message: String
    package var cause: (any Error)? { nil }

    init(_ budget: BudgetState, needed: Double) {
        self.budget = budget
        self.needed = needed
        let unit = budget.unit
        let reserved = budget.reserved > 0 ? ", \(unit.words(budget.reserved)) reserved by calls under way" : ""
        let least = budget.spent + budget.reserved + needed
        message =
            "The budget `\(budget.name)` of \(unit.words(budget.amount)) is used up: \(unit.words(budget.spent)) spent"
            + "\(reserved), and the next call may take up to \(unit.words(needed)). Raise it to at least "
            + "\(unit.words(least)) to go on; what was done so far is kept."
    }

    init(unknownPriceOf model: String, _ budget: BudgetState) {
        self.budget = budget
        needed = nil
        message =
            "What \(model) costs is unknown, so that it cannot be held to the budget `\(budget.name)` of "
            + "\(budget.unit.words(budget.amount)). Write its price down, give the budget in tokens, or allow models of "
            + "unknown price."
    }
}
