/// What a budget counts.
package enum BudgetUnit: String, Sendable, Hashable, CaseIterable {
    /// Dollars.
    case usd
    /// Tokens, read and written.
    case tokens
    /// The time that calls take, those at the same time each for itself.
    case minutes
}

/// Amounts of all that budgets count.
package struct CallAmounts: Sendable, Hashable {
    /// Dollars; nil where the price is unknown.
    package var dollars: Double?
    /// Tokens, read and written.
    package var tokens: Double
    /// Minutes.
    package var minutes: Double

    /// Amounts.
    package init(dollars: Double?, tokens: Double, minutes: Double) {
        self.dollars = dollars
        self.tokens = tokens
        self.minutes = minutes
    }

    subscript(unit: BudgetUnit) -> Double? {
        switch unit {
        case .usd: dollars
        case .tokens: tokens
        case .minutes: minutes
        }
    }
}

/// A budget as it stands.
package struct BudgetState: Sendable, Hashable {
    /// Its name, which calls give.
    package var name: String
    /// What it counts.
    package var unit: BudgetUnit
    /// How much may be spent.
    package var amount: Double
    /// How much was spent by calls that have ended.
    package var spent: Double
    /// How much may still be spent by calls under way.
    package var reserved: Double

    /// A budget.
    package init(name: String, unit: BudgetUnit, amount: Double, spent: Double, reserved: Double) {
        self.name = name
        self.unit = unit
        self.amount = amount
        self.spent = spent
        self.reserved = reserved
    }
}

/// What came of writing a call down before it is made.
package enum CallOpening: Sendable, Hashable {
    /// It may be made. The dollars and tokens are those of budgets where `isLimited`, so that the call must be kept to
    /// what was reserved.
    case opened(Int64, isLimited: Bool)
    /// It does not fit into a budget; nothing was written down.
    case short(BudgetState, needed: Double)
    /// A budget counts dollars, and nobody knows the price; nothing was written down.
    case unknownPrice(BudgetState)
}
