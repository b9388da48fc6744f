internal import GRDB

/// The tables of `.neo/service.db`, and how older files get them.
///
/// A migration that was released is never edited; a change is a new migration.
enum ServiceSchema {
    /// Brings the tables up to date.
    static func migrate(_ pool: DatabasePool, path: String) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 requests") { database in
            try database.execute(sql: requests)
        }
        migrator.registerMigration("2 monitoring") { database in
            try database.execute(sql: monitoring)
        }
        migrator.registerMigration("3 feedback") { database in
            try makeFeedback(database)
        }
        migrator.registerMigration("4 judgements") { database in
            try database.execute(sql: judgements)
        }
        guard try !pool.read(migrator.hasBeenSuperseded) else { throw StorageError.newer(path) }
        try migrator.migrate(pool)
    }

    private static let judgements = """
        CREATE TABLE judgements (
            request TEXT NOT NULL,
            time REAL NOT NULL,
            release INTEGER CHECK (release >= 1),
            judge TEXT NOT NULL,
            criterion TEXT NOT NULL,
            score REAL CHECK (score BETWEEN 0 AND 1),
            answer TEXT NOT NULL
        ) STRICT;
        CREATE INDEX judgements_by_time ON judgements (time);
        """

    // Times are seconds since 1970. `service` names the process that answered, so that what two of them wrote is told apart.
    private static let requests = """
        CREATE TABLE requests (
            number INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL,
            time REAL NOT NULL,
            service TEXT NOT NULL,
            origin TEXT NOT NULL CHECK (origin IN ('client', 'probe')),
            route TEXT NOT NULL,
            release INTEGER CHECK (release >= 1),
            outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'abstained', 'retrieved', 'refused', 'left', 'failed')),
            status INTEGER NOT NULL,
            error TEXT,
            milliseconds REAL NOT NULL CHECK (milliseconds >= 0),
            stages TEXT NOT NULL CHECK (json_type(stages) = 'object'),
            passages INTEGER CHECK (passages >= 0),
            top_score REAL,
            score_gap REAL,
            similarity REAL,
            coverage REAL,
            evidence REAL,
            terms INTEGER CHECK (terms >= 0),
            characters INTEGER CHECK (characters >= 0),
            reason TEXT,
            citations REAL CHECK (citations BETWEEN 0 AND 1),
            model TEXT,
            input_tokens INTEGER CHECK (input_tokens >= 0),
            output_tokens INTEGER CHECK (output_tokens >= 0),
            dollars REAL CHECK (dollars >= 0),
            query_hash TEXT,
            query TEXT,
            answer TEXT,
            golden TEXT
        ) STRICT;
        CREATE INDEX requests_by_time ON requests (time);
        CREATE INDEX requests_by_query ON requests (query_hash) WHERE query_hash IS NOT NULL;
        """

    // An alert is a time in which a rule's condition held: pending, firing, then resolved. At most one of a rule is open.
    private static let monitoring = """
        CREATE TABLE alerts (
            id INTEGER NOT NULL PRIMARY KEY,
            rule TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('page', 'ticket')),
            state TEXT NOT NULL CHECK (state IN ('pending', 'firing', 'resolved', 'dropped')),
            began REAL NOT NULL,
            fired REAL,
            last_true REAL NOT NULL,
            ended REAL,
            acknowledged REAL,
            acknowledged_by TEXT,
            title TEXT NOT NULL,
            evidence TEXT NOT NULL CHECK (json_type(evidence) = 'object'),
            command TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX open_alerts ON alerts (rule) WHERE state IN ('pending', 'firing');
        CREATE INDEX alerts_by_begin ON alerts (began);

        CREATE TABLE deliveries (
            id INTEGER NOT NULL PRIMARY KEY,
            alert INTEGER REFERENCES alerts (id) ON DELETE CASCADE,
            channel TEXT NOT NULL,
            event TEXT NOT NULL CHECK (event IN ('firing', 'resolved', 'test')),
            message TEXT NOT NULL CHECK (json_type(message) = 'object'),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            due REAL NOT NULL,
            done REAL,
            failure TEXT
        ) STRICT;
        CREATE INDEX waiting_deliveries ON deliveries (due) WHERE state = 'waiting';

        CREATE TABLE drift (
            time REAL NOT NULL,
            reference TEXT NOT NULL,
            feature TEXT NOT NULL,
            measure TEXT NOT NULL,
            value REAL NOT NULL,
            threshold REAL NOT NULL,
            p REAL,
            drifted INTEGER NOT NULL CHECK (drifted IN (0, 1)),
            reference_count INTEGER NOT NULL,
            current_count INTEGER NOT NULL,
            detail TEXT
        ) STRICT;
        CREATE INDEX drift_by_time ON drift (time);

        CREATE TABLE probes (
            time REAL NOT NULL,
            question TEXT NOT NULL,
            passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
            milliseconds REAL NOT NULL CHECK (milliseconds >= 0),
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX probes_by_time ON probes (time);

        CREATE TABLE watched (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL CHECK (json_valid(value))
        ) STRICT, WITHOUT ROWID;
        """
}
