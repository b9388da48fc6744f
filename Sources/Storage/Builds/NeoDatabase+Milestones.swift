package import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension NeoDatabase {
    /// Writes down that a milestone begins, and gives the attempt's number.
    package func beginMilestone(
        _ milestone: String, fingerprint: String, design: String, at now: Date
    ) async throws -> Int64 {
        let began = now.timestamp
        return try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO milestones (design, milestone, fingerprint, began, state) VALUES (?, ?, ?, ?, 'running')
                    """, arguments: [design, milestone, fingerprint, began])
            return database.lastInsertedRowID
        }
    }

    /// Writes down how long an attempt has worked: what a killed process spent is spent.
    package func spend(_ seconds: Double, onMilestone attempt: Int64) async throws {
        try await write {
            try $0.execute(
                sql: "UPDATE milestones SET seconds = max(seconds, ?) WHERE attempt = ?", arguments: [seconds, attempt])
        }
    }

    /// Writes down how an attempt ended.
    package func endMilestone(
        _ attempt: Int64, _ state: MilestoneRecord.State, seconds: Double, report: JSONValue, at now: Date
    ) async throws {
        let (ended, text) = (now.timestamp, report.canonicalText)
        try await write {
            try $0.execute(
                sql: """
                    UPDATE milestones SET state = ?, seconds = max(seconds, ?), ended = ?, report = ? WHERE attempt = ?
                    """, arguments: [state.rawValue, seconds, ended, text, attempt])
        }
    }

    /// All attempts, the oldest first.
    package func milestones() async throws -> [MilestoneRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT attempt, milestone, fingerprint, began, ended, seconds, state, report FROM milestones
                    ORDER BY attempt
                    """
            ).map { row in
                let word: String = try row.decode(forColumn: "state")
                guard let state = MilestoneRecord.State(rawValue: word) else {
                    throw DamagedRow(description: "`\(word)` is no state of a milestone")
                }
                return MilestoneRecord(
                    attempt: try row.decode(forColumn: "attempt"), milestone: try row.decode(forColumn: "milestone"),
                    fingerprint: try row.decode(forColumn: "fingerprint"), began: try row.decode(forColumn: "began"),
                    ended: try row.decode(forColumn: "ended"), seconds: try row.decode(forColumn: "seconds"),
                    state: state, report: try JSONValue(parsing: try row.decode(String.self, forColumn: "report")))
            }
        }
    }
}
