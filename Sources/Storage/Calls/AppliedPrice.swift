package import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A price by which calls were charged.
package struct AppliedPrice: Sendable, Hashable {
    /// The endpoint that was asked.
    package var endpoint: String
    /// Its model.
    package var model: String
    /// The price, with its source and date, as it stands beside each call.
    package var price: JSONValue
}

extension CallLedger {
    /// The prices by which calls were charged that have begun at `since` or later, each once.
    package func prices(since: Date?) async throws -> [AppliedPrice] {
        let since = since?.timestamp ?? ""
        return try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT endpoint, model, price FROM calls
                    WHERE started >= ? AND price IS NOT NULL AND NOT cache_hit ORDER BY endpoint, model, price
                    """,
                arguments: [since]
            ).map { row in
                AppliedPrice(
                    endpoint: try row.decode(forColumn: "endpoint"), model: try row.decode(forColumn: "model"),
                    price: try JSONValue(parsing: row.decode(String.self, forColumn: "price")))
            }
        }
    }
}
