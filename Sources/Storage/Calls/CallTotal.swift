internal import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What calls are added up by.
package enum CallGrouping: String, Sendable, Hashable, CaseIterable {
    case project, model, role, day, search, study, trial

    /// What rows of one group have in common.
    fileprivate var expression: String {
        switch self {
        case .project: "project"
        case .model: "model"
        case .role: "role"
        case .day: "substr(started, 1, 10)"
        case .search: "coalesce(substr(search, 1, 12), 'no search')"
        case .study: "coalesce(substr(study, 1, 12), 'no study')"
        case .trial: "coalesce(substr(study, 1, 12) || ' trial ' || printf('%04d', trial), 'no trial')"
        }
    }
}

/// What some calls cost together.
package struct CallTotal: Sendable, Hashable {
    /// What they have in common.
    package var group: String
    /// How many there were, recordings and failures included.
    package var calls: Int
    /// How many were answered from a recording, at no cost.
    package var cacheHits: Int
    /// How many failed, were cancelled or lost.
    package var failures: Int
    /// Tokens that models read; recordings are not counted.
    package var inputTokens: Int
    /// Tokens that models wrote.
    package var outputTokens: Int
    /// Of how many calls the tokens are estimated, or unknown.
    package var estimatedCalls: Int
    /// What the calls cost whose price is known.
    package var dollars: Double
    /// Of how many calls nobody knows what they cost.
    package var unknownCalls: Int
    /// How long they took, those at the same time each for itself.
    package var seconds: Double

    /// No calls.
    package init(group: String) {
        self.group = group
        (calls, cacheHits, failures, inputTokens, outputTokens, estimatedCalls, unknownCalls) = (0, 0, 0, 0, 0, 0, 0)
        (dollars, seconds) = (0, 0)
    }

    /// Adds other calls; tokens that a hostile server counted do not overflow.
    package mutating func add(_ other: CallTotal) {
        calls += other.calls
        cacheHits += other.cacheHits
        failures += other.failures
        inputTokens = min(inputTokens, .max / 2) + min(other.inputTokens, .max / 2)
        outputTokens = min(outputTokens, .max / 2) + min(other.outputTokens, .max / 2)
        estimatedCalls += other.estimatedCalls
        dollars += other.dollars
        unknownCalls += other.unknownCalls
        seconds += other.seconds
    }
}

extension CallLedger {
    /// What calls cost that have begun at `since` or later, by what they have in common.
    ///
    /// - Parameter search: only those that this search caused.
    package func totals(
        by grouping: CallGrouping, since: Date?, search: String? = nil
    ) async throws -> [CallTotal] {
        let since = since?.timestamp ?? ""
        return try await database.read { database in
            // `total` never overflows, whatever a server claims to have counted.
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(grouping.expression) AS name, count(*) AS calls, total(cache_hit) AS hits,
                        total(outcome IN ('failed', 'cancelled', 'lost')) AS failures,
                        total(iif(cache_hit, 0, input_tokens)) AS input,
                        total(iif(cache_hit, 0, output_tokens)) AS output,
                        total(NOT cache_hit AND (estimated OR input_tokens IS NULL) AND coalesce(dollars, 1) > 0)
                            AS estimated,
                        total(dollars) AS dollars, total(dollars IS NULL) AS unknown,
                        total(milliseconds) / 1000 AS seconds
                    FROM calls WHERE started >= :since AND outcome <> 'open' AND (:search IS NULL OR search = :search)
                    GROUP BY name ORDER BY name
                    """,
                arguments: ["since": since, "search": search]
            ).map { row in
                func count(_ column: String) throws -> Int {
                    Int(min(try row.decode(Double.self, forColumn: column), 9e18))
                }
                var total = CallTotal(group: try row.decode(forColumn: "name"))
                total.calls = try count("calls")
                total.cacheHits = try count("hits")
                total.failures = try count("failures")
                total.inputTokens = try count("input")
                total.outputTokens = try count("output")
                total.estimatedCalls = try count("estimated")
                total.dollars = try row.decode(forColumn: "dollars")
                total.unknownCalls = try count("unknown")
                total.seconds = try row.decode(forColumn: "seconds")
                return total
            }
        }
    }
}
