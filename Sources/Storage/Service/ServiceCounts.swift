internal import GRDB

/// What came in during a while, from clients.
package struct ServiceCounts: Sendable, Hashable {
    /// Requests that were answered, or should have been: what was malformed and who left are no part of it.
    package var requests = 0
    /// Of these, how many failed here.
    package var failed = 0
    /// Of those that did not fail, how many took longer than the limit.
    package var slow = 0
    /// Questions that were answered, or not.
    package var questions = 0
    /// Of these, how many were not.
    package var abstained = 0
    /// What all cost.
    package var dollars = 0.0
    /// Ratings of users.
    package var ratings = 0
    /// Of these, how many were negative.
    package var negative = 0
    /// Probes.
    package var probes = 0
    /// Of these, how many found something else than they should.
    package var failedProbes = 0
    /// Looks at the service from outside.
    package var heartbeats = 0
    /// Of these, how many did not find it ready.
    package var failedHeartbeats = 0

    /// Nothing.
    package init() {}
}

extension ServiceDatabase {
    /// What came in between two times, in seconds since 1970.
    ///
    /// - Parameter slowMilliseconds: from where on a request counts as slow.
    package func counts(
        from start: Double, to end: Double, slowMilliseconds: Double
    ) async throws -> ServiceCounts {
        try await read { database in
            var counts = ServiceCounts()
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*) AS requests, coalesce(sum(outcome = 'failed'), 0) AS failed,
                        coalesce(sum(outcome <> 'failed' AND milliseconds > ?), 0) AS slow,
                        coalesce(sum(outcome IN ('answered', 'abstained')), 0) AS questions,
                        coalesce(sum(outcome = 'abstained'), 0) AS abstained, coalesce(sum(dollars), 0.0) AS dollars
                    FROM requests
                    WHERE time > ? AND time <= ? AND origin = 'client' AND outcome NOT IN ('refused', 'left')
                    """, arguments: [slowMilliseconds, start, end])
            if let row {
                counts.requests = try row.decode(forColumn: "requests")
                counts.failed = try row.decode(forColumn: "failed")
                counts.slow = try row.decode(forColumn: "slow")
                counts.questions = try row.decode(forColumn: "questions")
                counts.abstained = try row.decode(forColumn: "abstained")
                counts.dollars = try row.decode(forColumn: "dollars")
            }
            if let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT coalesce(sum(question <> ?1), 0) AS probes,
                        coalesce(sum(question <> ?1 AND NOT passed), 0) AS failed,
                        coalesce(sum(question = ?1), 0) AS heartbeats,
                        coalesce(sum(question = ?1 AND NOT passed), 0) AS failed_heartbeats
                    FROM probes WHERE time > ?2 AND time <= ?3
                    """, arguments: [ProbeRecord.heartbeat, start, end])
            {
                counts.probes = try row.decode(forColumn: "probes")
                counts.failedProbes = try row.decode(forColumn: "failed")
                counts.heartbeats = try row.decode(forColumn: "heartbeats")
                counts.failedHeartbeats = try row.decode(forColumn: "failed_heartbeats")
            }
            // The table comes with the part that takes ratings; a service without it has none.
            let columns = try database.tableExists("feedback") ? database.columns(in: "feedback").map(\.name) : []
            if columns.contains("time"), columns.contains("rating"),
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT count(rating) AS ratings, coalesce(sum(rating < 0), 0) AS negative FROM feedback
                        WHERE time > ? AND time <= ?
                        """, arguments: [start, end])
            {
                counts.ratings = try row.decode(forColumn: "ratings")
                counts.negative = try row.decode(forColumn: "negative")
            }
            return counts
        }
    }

    /// The requests of a while that are worth looking at: what failed, was slow, or was not answered; the latest first.
    package func examples(
        of outcome: ServiceRequest.Outcome?, slowerThan milliseconds: Double? = nil, from start: Double, to end: Double,
        limit: Int = 5
    ) async throws -> [String] {
        let name = outcome?.rawValue
        return try await read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id FROM requests WHERE time > ? AND time <= ? AND origin = 'client'
                        AND (? IS NULL OR outcome = ?) AND (? IS NULL OR milliseconds > ?)
                    ORDER BY time DESC LIMIT ?
                    """, arguments: [start, end, name, name, milliseconds, milliseconds, limit])
        }
    }

    /// How many requests claim to come later than a time: after a clock was set back.
    package func requests(after time: Double) async throws -> Int {
        try await read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM requests WHERE time > ?", arguments: [time]) ?? 0
        }
    }
}
