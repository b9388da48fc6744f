package import AutoML
internal import Base
internal import GRDB

extension SQLiteTrialJournal {
    /// What each trial took in all runs together, and what was spent outside of trials: times as they were journaled, and
    /// money as the ledger of calls has it.
    package func spendings() async throws -> [TrialSpending] {
        try await database.read { [study] database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT trial, total(seconds) AS seconds, total(dollars) AS dollars FROM (
                        SELECT trial, seconds, 0.0 AS dollars FROM durations WHERE study = :study
                        UNION ALL
                        SELECT trial, 0.0, dollars FROM calls WHERE study = :study AND outcome <> 'open' AND dollars > 0
                    ) GROUP BY trial ORDER BY trial
                    """,
                arguments: ["study": study.hex]
            ).map { row in
                TrialSpending(
                    trial: try row.decode(forColumn: "trial"), seconds: try row.decode(forColumn: "seconds"),
                    cost: try row.decode(forColumn: "dollars"))
            }
        }
    }

    /// Adds to the time that a trial took. Its cost stands in the ledger already, call by call: written here as well, it would
    /// count twice.
    package func spend(_ spending: TrialSpending) async throws {
        guard let trial = spending.trial, spending.seconds > 0 else { return }
        try await database.write { [study] database in
            try database.execute(
                sql: """
                    INSERT INTO durations (study, trial, seconds) VALUES (?, ?, ?)
                    ON CONFLICT (study, trial) DO UPDATE SET seconds = seconds + excluded.seconds
                    """,
                arguments: [study.hex, trial, spending.seconds]
            )
        }
    }
}
