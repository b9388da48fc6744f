package import AutoML
internal import Base
internal import GRDB

extension SQLiteTrialJournal {
    /// The number under which stands what is spent outside of trials.
    private static let outside = -1

    /// What each trial took in all runs together, and what was spent outside of trials.
    package func spendings() async throws -> [TrialSpending] {
        try await database.read { [study] database in
            try Row.fetchAll(
                database, sql: "SELECT trial, seconds, cost FROM spendings WHERE study = ? ORDER BY trial",
                arguments: [study.hex]
            ).map { row in
                let trial: Int = try row.decode(forColumn: "trial")
                return TrialSpending(
                    trial: trial == Self.outside ? nil : trial, seconds: try row.decode(forColumn: "seconds"),
                    cost: try row.decode(forColumn: "cost"))
            }
        }
    }

    /// Adds to what a trial took.
    package func spend(_ spending: TrialSpending) async throws {
        try await database.write { [study] database in
            try database.execute(
                sql: """
                    INSERT INTO spendings (study, trial, seconds, cost) VALUES (?, ?, ?, ?)
                    ON CONFLICT (study, trial) DO UPDATE
                    SET seconds = seconds + excluded.seconds, cost = cost + excluded.cost
                    """,
                arguments: [study.hex, spending.trial ?? Self.outside, spending.seconds, spending.cost]
            )
        }
    }
}
