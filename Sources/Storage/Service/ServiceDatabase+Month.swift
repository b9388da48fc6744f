internal import GRDB

/// What a service's month was like, beside its counts.
package struct ServiceMonthFigures: Sendable, Hashable {
    /// On how many days somebody asked.
    package var days = 0
    /// How many releases answered.
    package var releases = 0
    /// The median and the 95th percentile of clients' requests, in milliseconds; nil without any.
    package var median: Double?
    package var p95: Double?
    /// Alerts that fired, by how soon somebody should look.
    package var pages = 0
    package var tickets = 0
    /// How often drift was looked for, and how often some was found.
    package var driftLooks = 0
    package var driftFound = 0
    /// Answers that were compared side by side, and corrections.
    package var comparisons = 0
    package var corrections = 0
}

extension ServiceDatabase {
    /// What came in between two times, in seconds since 1970.
    package func monthFigures(from start: Double, to end: Double) async throws -> ServiceMonthFigures {
        try await read { database in
            var figures = ServiceMonthFigures()
            let times: StatementArguments = [start, end]
            func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql, arguments: times) ?? 0 }
            let clients = "FROM requests WHERE time > ? AND time <= ? AND origin = 'client'"
            let timed = clients + " AND outcome IN ('answered', 'abstained', 'retrieved')"
            figures.days = try count("SELECT count(DISTINCT CAST(time / 86400 AS INTEGER)) \(clients)")
            figures.releases = try count("SELECT count(DISTINCT release) \(clients)")
            let all = try count("SELECT count(*) \(timed)")
            func quantile(_ share: Double) throws -> Double? {
                guard all > 0 else { return nil }
                let place = Int((Double(all - 1) * share).rounded(.up))
                return try Double.fetchOne(
                    database, sql: "SELECT milliseconds \(timed) ORDER BY milliseconds LIMIT 1 OFFSET \(place)",
                    arguments: times)
            }
            figures.median = try quantile(0.5)
            figures.p95 = try quantile(0.95)
            func alerts(_ severity: String) throws -> Int {
                try count("SELECT count(*) FROM alerts WHERE fired > ? AND fired <= ? AND severity = '\(severity)'")
            }
            figures.pages = try alerts("page")
            figures.tickets = try alerts("ticket")
            let drift = "SELECT count(DISTINCT time) FROM drift WHERE time > ? AND time <= ?"
            figures.driftLooks = try count(drift)
            figures.driftFound = try count(drift + " AND drifted = 1")
            figures.comparisons = try count("SELECT count(*) FROM comparisons WHERE decided > ? AND decided <= ?")
            figures.corrections = try count(
                "SELECT count(*) FROM feedback WHERE kind = 'correction' AND time > ? AND time <= ?")
            return figures
        }
    }
}
