package import Base
package import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What the calls of language models cost that a project's ledger holds.
package struct CallCosts: Sendable {
    /// The project's name.
    package let project: String
    /// What the rows have in common.
    package let grouping: CallGrouping
    /// Nothing that began before is counted.
    package let since: Date?
    /// The rows.
    package let totals: [CallTotal]
    /// The prices by which they were charged.
    package let prices: [AppliedPrice]
    /// The budgets.
    package let budgets: [BudgetState]

    /// Reads the ledger of a project; where there is none yet, none is made.
    ///
    /// - Throws: `StorageError` where the database cannot be read.
    package static func read(_ project: Project, by grouping: CallGrouping, since: Date?) async throws -> CallCosts {
        var totals: [CallTotal] = []
        var prices: [AppliedPrice] = []
        var budgets: [BudgetState] = []
        if FileManager.default.fileExists(atPath: project.databasePath) {
            let ledger = try await CallLedger(NeoDatabase(path: project.databasePath))
            totals = try await ledger.totals(by: grouping, since: since)
            prices = try await ledger.prices(since: since)
            budgets = try await ledger.budgets()
        }
        return CallCosts(
            project: project.file.name, grouping: grouping, since: since, totals: totals, prices: prices,
            budgets: budgets)
    }

    /// A day, `2026-11-21`, or a moment, `2026-11-21T10:15:30Z`.
    ///
    /// - Throws: `EngineerError` where it is neither.
    package static func date(_ text: String) throws(EngineerError) -> Date {
        let moment = text.contains("T") ? text : text + "T00:00:00Z"
        guard let date = try? Date(moment, strategy: .iso8601) else {
            throw EngineerError(
                code: .invalidRequest,
                message: "`\(text)` is no date. Give a day as 2026-11-21, or a moment as 2026-11-21T10:15:30Z.")
        }
        return date
    }

    /// The sum of all rows.
    package var sum: CallTotal {
        totals.reduce(into: CallTotal(group: "together")) { $0.add($1) }
    }

    /// One object.
    package var json: JSONValue {
        [
            "project": .string(project), "by": .string(grouping.rawValue),
            "since": since.map { .string($0.timestamp) } ?? .null,
            "rows": .array(totals.map(\.json)), "together": sum.json,
            "prices": .array(
                prices.map { ["endpoint": .string($0.endpoint), "model": .string($0.model), "price": $0.price] }),
            "budgets": .array(
                budgets.map { budget in
                    [
                        "name": .string(budget.name), "unit": .string(budget.unit.rawValue),
                        "amount": .number(budget.amount), "spent": .number(budget.spent),
                        "reserved": .number(budget.reserved),
                    ]
                }),
        ]
    }
}

extension CallTotal {
    /// What the calls cost; null where no price is known, so that nobody takes it for nothing.
    fileprivate var json: JSONValue {
        [
            "group": .string(group), "calls": .integer(calls), "cache_hits": .integer(cacheHits),
            "failures": .integer(failures), "input_tokens": .integer(inputTokens),
            "output_tokens": .integer(outputTokens), "calls_with_estimated_tokens": .integer(estimatedCalls),
            "dollars": isUnknown ? .null : .number(dollars), "calls_of_unknown_price": .integer(unknownCalls),
            "seconds": .number(seconds),
        ]
    }

    /// Whether nothing is known of what it cost.
    var isUnknown: Bool { unknownCalls > 0 && dollars == 0 }
}
