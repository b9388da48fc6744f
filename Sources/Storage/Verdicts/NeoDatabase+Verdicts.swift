internal import Base
internal import GRDB

extension NeoDatabase {
    /// Writes verdicts down, one row a requirement and state: what is known already adds none.
    package func record(_ verdicts: [VerdictRecord]) async throws {
        try await write { database in
            for verdict in verdicts {
                let last = try Row.fetchOne(
                    database, sql: "SELECT * FROM verdicts WHERE requirement = ? ORDER BY id DESC LIMIT 1",
                    arguments: [verdict.requirement]
                ).map { try VerdictRecord(row: $0) }
                if last?.says(theSameAs: verdict) == true { continue }
                try database.execute(
                    sql: """
                        INSERT INTO verdicts (requirement, fingerprint, metric, test, verdict, value, lower, upper, count,
                            basis, study, trial, measured, recorded, sentence)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        verdict.requirement, verdict.fingerprint, verdict.metric, verdict.test, verdict.verdict,
                        verdict.value, verdict.lower, verdict.upper, verdict.count, verdict.basis, verdict.study,
                        verdict.trial, verdict.measured, verdict.recorded, verdict.sentence,
                    ])
            }
        }
    }

    /// All verdicts of a requirement, the newest first.
    package func verdicts(of requirement: String) async throws -> [VerdictRecord] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM verdicts WHERE requirement = ? ORDER BY id DESC",
                arguments: [requirement]
            ).map { try VerdictRecord(row: $0) }
        }
    }

    /// When a text of a requirement was first looked at; nil where it never was.
    package func firstVerdict(of requirement: String, fingerprint: String) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT min(CASE WHEN verdict <> 'stale' THEN min(recorded, ifnull(measured, recorded))
                        ELSE recorded END)
                    FROM verdicts WHERE requirement = ? AND fingerprint = ?
                    """,
                arguments: [requirement, fingerprint])
        }
    }

    /// How many calls of models went to each endpoint, without those that a recording answered.
    package func callsByEndpoint() async throws -> [(endpoint: String, calls: Int)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT endpoint, count(*) AS calls FROM calls WHERE NOT cache_hit GROUP BY endpoint ORDER BY endpoint
                    """
            ).map { (try $0.decode(forColumn: "endpoint"), try $0.decode(forColumn: "calls")) }
        }
    }
}

extension VerdictRecord {
    fileprivate init(row: Row) throws {
        self.init(
            requirement: try row.decode(forColumn: "requirement"),
            fingerprint: try row.decode(forColumn: "fingerprint"), metric: try row.decode(forColumn: "metric"),
            test: try row.decode(forColumn: "test"), verdict: try row.decode(forColumn: "verdict"),
            value: row["value"], lower: row["lower"], upper: row["upper"], count: row["count"], basis: row["basis"],
            study: row["study"], trial: row["trial"], measured: row["measured"],
            recorded: try row.decode(forColumn: "recorded"), sentence: try row.decode(forColumn: "sentence"))
    }
}
