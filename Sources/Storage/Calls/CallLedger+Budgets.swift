internal import GRDB

extension CallLedger {
    /// Makes a budget, or raises or lowers it; what was spent stays. Nil takes it away.
    package func setBudget(_ name: String, _ unit: BudgetUnit, to amount: Double?) async throws {
        try await database.write { database in
            guard let amount else {
                try database.execute(
                    sql: "DELETE FROM budgets WHERE name = ? AND unit = ?", arguments: [name, unit.rawValue])
                return
            }
            try database.execute(
                sql: """
                    INSERT INTO budgets (name, unit, amount, spent) VALUES (?, ?, ?, 0)
                    ON CONFLICT (name, unit) DO UPDATE SET amount = excluded.amount
                    """,
                arguments: [name, unit.rawValue, max(0, amount)])
        }
    }

    /// Makes, raises, lowers or takes away the budget in dollars of a search. What the search spent before it had a budget
    /// counts, too.
    package func setBudget(ofSearch search: String, named name: String, to dollars: Double?) async throws {
        try await setBudget(name, .usd, to: dollars)
        guard dollars != nil else { return }
        try await database.write { database in
            try database.execute(
                sql: """
                    UPDATE budgets SET spent = max(spent, (
                        SELECT total(dollars) FROM calls WHERE search = ? AND outcome <> 'open'))
                    WHERE name = ? AND unit = 'usd'
                    """,
                arguments: [search, name])
        }
    }

    /// The budgets, by name.
    package func budgets() async throws -> [BudgetState] {
        try await database.read { try Self.budgets(named: nil, in: $0) }
    }

    /// Writes down a call that is about to be made, and reserves the most that it may cost: in one transaction, so that
    /// all calls of all processes together stay within their budgets.
    ///
    /// - Parameters:
    ///   - amounts: the most that the call may cost.
    ///   - budgets: the names of the budgets that it counts against; where there is none of a name, nothing is limited.
    package func open(
        _ call: CallRecord, reserving amounts: CallAmounts, of budgets: [String]
    ) async throws -> CallOpening {
        try await database.write { [lease] database in
            let states = try Self.budgets(named: budgets, in: database)
            for state in states {
                guard let needed = amounts[state.unit] else { return .unknownPrice(state) }
                // What costs nothing fits always.
                if needed > 0, state.spent + state.reserved + needed > state.amount {
                    return .short(state, needed: needed)
                }
            }
            let id = try call.insert(in: database, lease: lease.name)
            for state in states {
                try database.execute(
                    sql: "INSERT INTO reservations (call, budget, unit, amount) VALUES (?, ?, ?, ?)",
                    arguments: [id, state.name, state.unit.rawValue, amounts[state.unit]])
            }
            return .opened(id, isLimited: states.contains { $0.unit != .minutes })
        }
    }

    /// Writes down how a call ended, and gives back what it did not spend.
    ///
    /// - Parameter spent: what it cost; where the dollars, or all, are nil, nobody knows, and what was reserved counts.
    package func close(_ id: Int64, as call: CallRecord, spent: CallAmounts?) async throws {
        try await database.write { database in
            if let spent {
                for unit in BudgetUnit.allCases {
                    guard let amount = spent[unit] else { continue }
                    try database.execute(
                        sql: "UPDATE reservations SET amount = ? WHERE call = ? AND unit = ?",
                        arguments: [max(0, amount), id, unit.rawValue])
                }
            }
            try Self.settle("call = ?", [id], in: database)
            try call.update(id, in: database)
        }
    }

    /// Moves reservations to what was spent.
    static func settle(_ condition: String, _ arguments: StatementArguments, in database: Database) throws {
        let rows = try Row.fetchAll(
            database, sql: "SELECT call, budget, unit, amount FROM reservations WHERE \(condition)",
            arguments: arguments)
        for row in rows {
            let call: Int64 = try row.decode(forColumn: "call")
            let key: StatementArguments = [
                try row.decode(String.self, forColumn: "budget"), try row.decode(String.self, forColumn: "unit"),
            ]
            try database.execute(
                sql: "UPDATE budgets SET spent = spent + ? WHERE name = ? AND unit = ?",
                arguments: [try row.decode(Double.self, forColumn: "amount")] + key)
            try database.execute(
                sql: "DELETE FROM reservations WHERE budget = ? AND unit = ? AND call = ?", arguments: key + [call])
        }
    }

    private static func budgets(named names: [String]?, in database: Database) throws -> [BudgetState] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT name, unit, amount, spent, (
                    SELECT total(amount) FROM reservations
                    WHERE reservations.budget = budgets.name AND reservations.unit = budgets.unit) AS reserved
                FROM budgets ORDER BY name, unit
                """
        ).compactMap { row in
            let name: String = try row.decode(forColumn: "name")
            guard names?.contains(name) ?? true else { return nil }
            let word: String = try row.decode(forColumn: "unit")
            guard let unit = BudgetUnit(rawValue: word) else {
                throw DamagedRow(description: "`\(word)` is no unit of a budget")
            }
            return BudgetState(
                name: name, unit: unit, amount: try row.decode(forColumn: "amount"),
                spent: try row.decode(forColumn: "spent"), reserved: try row.decode(forColumn: "reserved"))
        }
    }
}
