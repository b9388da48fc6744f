internal import GRDB

/// What clients asked a release on one day.
package struct ServiceDay: Sendable, Hashable {
    /// Whole days since 1970, in UTC.
    package let day: Int
    /// Nil where the results of a search were served.
    package let release: Int?
    /// Without what was malformed, and without clients who left.
    package let requests: Int
    package let failed: Int
    /// Questions without an answer.
    package let abstained: Int
    package let meanMilliseconds: Double
}

/// How a golden question fared that a watch asks again and again.
package struct ProbeSummary: Sendable, Hashable {
    package let asked: Int
    package let passed: Int
    /// What came of it last.
    package let last: ProbeRecord
}

/// One comparison of what came in with what came before.
package struct DriftLook: Sendable, Hashable {
    /// When, in seconds since 1970.
    package let time: Double
    /// How many figures were measured.
    package let measured: Int
    /// How many of them had drifted.
    package let drifted: Int

    /// A comparison.
    package init(time: Double, measured: Int, drifted: Int) {
        (self.time, self.measured, self.drifted) = (time, measured, drifted)
    }
}

extension ServiceDatabase {
    /// What came in by day and release, the latest day first.
    ///
    /// - Parameter times: from the first on, before the second, in seconds since 1970.
    package func days(in times: Range<Double>) async throws -> [ServiceDay] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT CAST(time / 86400 AS INTEGER) AS day, release, count(*) AS requests,
                        sum(outcome = 'failed') AS failed, sum(outcome = 'abstained') AS abstained,
                        avg(milliseconds) AS milliseconds
                    FROM requests WHERE time >= ? AND time < ? AND origin = 'client' AND outcome NOT IN ('refused', 'left')
                    GROUP BY day, release ORDER BY day DESC, release DESC
                    """, arguments: [times.lowerBound, times.upperBound]
            ).map { row in
                ServiceDay(
                    day: try row.decode(forColumn: "day"), release: try row.decode(Int?.self, forColumn: "release"),
                    requests: try row.decode(forColumn: "requests"), failed: try row.decode(forColumn: "failed"),
                    abstained: try row.decode(forColumn: "abstained"),
                    meanMilliseconds: try row.decode(forColumn: "milliseconds"))
            }
        }
    }

    /// How each golden question fared since a time, those that failed last first.
    package func probeSummaries(since start: Double) async throws -> [ProbeSummary] {
        try await read { database in
            // Of one row for each group, SQLite takes the other columns from the one that has the maximum.
            try Row.fetchAll(
                database,
                sql: """
                    SELECT question, count(*) AS asked, sum(passed) AS all_passed, max(time) AS time, passed, milliseconds,
                        detail
                    FROM probes WHERE time >= ? GROUP BY question ORDER BY passed, time DESC, question
                    """, arguments: [start]
            ).map { row in
                ProbeSummary(
                    asked: try row.decode(forColumn: "asked"), passed: try row.decode(forColumn: "all_passed"),
                    last: ProbeRecord(
                        time: try row.decode(forColumn: "time"), question: try row.decode(forColumn: "question"),
                        hasPassed: try row.decode(forColumn: "passed"),
                        milliseconds: try row.decode(forColumn: "milliseconds"),
                        detail: try row.decode(forColumn: "detail")))
            }
        }
    }

    /// The latest comparisons with what came before, the newest first.
    package func driftLooks(limit: Int = 100) async throws -> [DriftLook] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT time, count(*) AS measured, sum(drifted) AS drifted FROM drift GROUP BY time
                    ORDER BY time DESC LIMIT ?
                    """, arguments: [limit]
            ).map { row in
                DriftLook(
                    time: try row.decode(forColumn: "time"), measured: try row.decode(forColumn: "measured"),
                    drifted: try row.decode(forColumn: "drifted"))
            }
        }
    }
}
