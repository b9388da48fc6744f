package import AutoML
package import Base
internal import GRDB

/// The journal of one study in the project's database.
package struct SQLiteTrialJournal: TrialJournal {
    /// The study.
    package let study: ContentHash
    let database: NeoDatabase

    init(database: NeoDatabase, study: ContentHash) {
        self.database = database
        self.study = study
    }

    /// The trials so far, by number.
    package func trials() async throws -> [Trial] {
        try await database.read { [study] database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, configuration, origin, state, failure FROM trials WHERE study = ? ORDER BY number
                    """,
                arguments: [study.hex]
            ).map { try Trial(row: $0) }
        }
    }

    /// The measurements of a trial so far, by item.
    package func measurements(ofTrial number: Int) async throws -> [Measurement] {
        try await database.read { [study] database in
            try Row.fetchAll(
                database,
                sql: "SELECT item, metrics, failure FROM measurements WHERE study = ? AND trial = ? ORDER BY item",
                arguments: [study.hex, number]
            ).map { try Measurement(row: $0) }
        }
    }

    /// Writes down that a trial was asked for.
    package func begin(_ trial: Trial) async throws {
        try await database.write { [self] database in
            if let earlier = try find(trial.number, in: database) {
                guard earlier.configuration.hash == trial.configuration.hash else {
                    throw AutoMLError.otherConfiguration(trial.number)
                }
                return
            }
            try database.execute(
                sql: """
                    INSERT INTO trials (study, number, configuration, origin, state, failure) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.hex, trial.number, JSONValue.object(trial.configuration.values).canonicalText, trial.origin,
                    trial.state.rawValue, trial.failure,
                ]
            )
        }
    }

    /// Writes down a block of measurements; of two measurements of one item the first counts.
    package func record(_ measurements: [Measurement], ofTrial number: Int) async throws {
        try await database.write { [self] database in
            guard try find(number, in: database) != nil else { throw AutoMLError.noSuchTrial(number) }
            let statement = try database.makeStatement(
                sql: """
                    INSERT INTO measurements (study, trial, item, metrics, failure) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (study, trial, item) DO NOTHING
                    """
            )
            for measurement in measurements {
                try statement.execute(
                    arguments: [
                        study.hex, number, measurement.item, measurement.metricsText, measurement.failure,
                    ]
                )
            }
        }
    }

    /// Writes down how a trial ended.
    package func finish(trial number: Int, state: Trial.State, failure: String?) async throws {
        try await database.write { [self] database in
            guard let trial = try find(number, in: database) else { throw AutoMLError.noSuchTrial(number) }
            guard trial.state.mayBecome(state) else {
                throw AutoMLError.otherEnd(number, earlier: trial.state, now: state)
            }
            guard trial.state != state else { return }
            try database.execute(
                sql: "UPDATE trials SET state = ?, failure = ? WHERE study = ? AND number = ?",
                arguments: [state.rawValue, failure, study.hex, number]
            )
        }
    }

    private func find(_ number: Int, in database: Database) throws -> Trial? {
        try Row.fetchOne(
            database,
            sql: "SELECT number, configuration, origin, state, failure FROM trials WHERE study = ? AND number = ?",
            arguments: [study.hex, number]
        ).map { try Trial(row: $0) }
    }
}

extension Trial {
    /// From the columns of the table.
    fileprivate init(row: Row) throws {
        let text: String = try row.decode(forColumn: "configuration")
        guard let values = try JSONValue(parsing: text).object else {
            throw DamagedRow(description: "the configuration \(text) is no object")
        }
        let word: String = try row.decode(forColumn: "state")
        guard let state = Trial.State(rawValue: word) else {
            throw DamagedRow(description: "`\(word)` is no state of a trial")
        }
        self.init(
            number: try row.decode(forColumn: "number"), configuration: Configuration(values), state: state,
            failure: try row.decode(forColumn: "failure"), origin: try row.decode(forColumn: "origin")
        )
    }
}
