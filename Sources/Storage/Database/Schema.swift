internal import GRDB

/// The tables, and how older files get them.
///
/// A migration that was released is never edited; a change is a new migration.
enum Schema {
    /// Brings the tables up to date.
    ///
    /// - Parameter last: the migration after which it ends, as an older version did: for tests.
    static func migrate(_ pool: DatabasePool, path: String, through last: String? = nil) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 studies") { database in
            try database.execute(sql: studies)
        }
        migrator.registerMigration("2 stopped trials") { database in
            try database.execute(sql: stoppedTrials)
        }
        migrator.registerMigration("3 external replies") { database in
            try database.execute(sql: externalReplies)
        }
        migrator.registerMigration("4 spendings") { database in
            try database.execute(sql: spendings)
        }
        migrator.registerMigration("5 calls of models") { database in
            try database.execute(sql: calls)
        }
        migrator.registerMigration("6 one book") { database in
            try database.execute(sql: oneBook)
        }
        migrator.registerMigration("7 comments and approvals") { database in
            try database.execute(sql: reviews)
        }
        migrator.registerMigration("8 answers") { database in
            try database.execute(sql: answers)
        }
        migrator.registerMigration("9 approved texts and milestones") { database in
            try database.execute(sql: approvedTexts)
        }
        migrator.registerMigration("10 labels") { database in
            try database.execute(sql: labels)
        }
        migrator.registerMigration("11 verdicts") { database in
            try database.execute(sql: verdicts)
        }
        migrator.registerMigration("12 warm starts") { database in
            try database.execute(sql: warmStarts)
        }
        migrator.registerMigration("13 releases") { database in
            try database.execute(sql: releases)
        }
        migrator.registerMigration("14 audits") { database in
            try database.execute(sql: audits)
        }
        migrator.registerMigration("15 access") { database in
            try database.execute(sql: access)
        }
        guard try !pool.read(migrator.hasBeenSuperseded) else {
            throw StorageError.newer(path)
        }
        if let last { try migrator.migrate(pool, upTo: last) } else { try migrator.migrate(pool) }
    }

    // A study is named by the hash of what defines it, so the same search finds its own trials again.
    private static let studies = """
        CREATE TABLE studies (
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
            definition TEXT NOT NULL CHECK (json_valid(definition)),
            created TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trials (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 0),
            configuration TEXT NOT NULL CHECK (json_type(configuration) = 'object'),
            origin TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'failed')),
            failure TEXT,
            PRIMARY KEY (study, number),
            CHECK ((state = 'failed') = (failure IS NOT NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE measurements (
            study TEXT NOT NULL,
            trial INTEGER NOT NULL,
            item TEXT NOT NULL,
            metrics TEXT NOT NULL CHECK (json_type(metrics) = 'object'),
            failure TEXT,
            PRIMARY KEY (study, trial, item),
            FOREIGN KEY (study, trial) REFERENCES trials (study, number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        -- What was measured outside of the search: configurations by hash, on the items of a named split.
        CREATE TABLE evaluations (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            configuration TEXT NOT NULL CHECK (length(configuration) = 64),
            split TEXT NOT NULL,
            item TEXT NOT NULL,
            metrics TEXT NOT NULL CHECK (json_type(metrics) = 'object'),
            failure TEXT,
            PRIMARY KEY (study, configuration, split, item)
        ) STRICT, WITHOUT ROWID;

        -- How often somebody looked at a split that the search must not see.
        CREATE TABLE openings (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            split TEXT NOT NULL,
            number INTEGER NOT NULL CHECK (number >= 1),
            opened TEXT NOT NULL,
            PRIMARY KEY (study, split, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE facts (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL CHECK (json_valid(value))
        ) STRICT, WITHOUT ROWID;
        """

    // SQLite cannot change a condition of a column: the table is made anew.
    private static let stoppedTrials = """
        CREATE TABLE new_trials (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 0),
            configuration TEXT NOT NULL CHECK (json_type(configuration) = 'object'),
            origin TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'stopped', 'failed')),
            failure TEXT,
            PRIMARY KEY (study, number),
            CHECK ((state = 'failed') = (failure IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO new_trials SELECT study, number, configuration, origin, state, failure FROM trials;
        DROP TABLE trials;
        ALTER TABLE new_trials RENAME TO trials;
        """

    // What systems that are not Neo's answered: both are named by the hashes of all that an answer depends on. With row
    // ids, because an answer may be long.
    private static let externalReplies = """
        CREATE TABLE external_replies (
            system TEXT NOT NULL CHECK (length(system) = 64),
            question TEXT NOT NULL CHECK (length(question) = 64),
            reply TEXT NOT NULL CHECK (json_valid(reply)),
            milliseconds REAL NOT NULL CHECK (milliseconds >= 0),
            PRIMARY KEY (system, question)
        ) STRICT;
        """

    // What measuring took. The trial -1 is all that is spent outside of trials.
    private static let spendings = """
        CREATE TABLE spendings (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            trial INTEGER NOT NULL CHECK (trial >= -1),
            seconds REAL NOT NULL CHECK (seconds >= 0),
            cost REAL NOT NULL CHECK (cost >= 0),
            PRIMARY KEY (study, trial)
        ) STRICT, WITHOUT ROWID;
        """

    // Calls of language models. An open row stands for a call under way; `lease` names the process that makes it. A
    // budget's reservations are the most that its open calls may cost.
    private static let calls = """
        CREATE TABLE calls (
            id INTEGER NOT NULL PRIMARY KEY,
            started TEXT NOT NULL,
            project TEXT NOT NULL,
            study TEXT,
            trial INTEGER,
            role TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            model TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('open', 'ok', 'failed', 'cancelled', 'lost')),
            code TEXT,
            cache_hit INTEGER NOT NULL CHECK (cache_hit IN (0, 1)),
            input_tokens INTEGER CHECK (input_tokens >= 0),
            cached_input_tokens INTEGER CHECK (cached_input_tokens >= 0),
            cache_creation_tokens INTEGER CHECK (cache_creation_tokens >= 0),
            output_tokens INTEGER CHECK (output_tokens >= 0),
            reasoning_tokens INTEGER CHECK (reasoning_tokens >= 0),
            estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),
            price TEXT CHECK (price IS NULL OR json_valid(price)),
            dollars REAL CHECK (dollars >= 0),
            milliseconds REAL CHECK (milliseconds >= 0),
            first_piece_milliseconds REAL CHECK (first_piece_milliseconds >= 0),
            lease TEXT,
            CHECK ((outcome = 'open') = (lease IS NOT NULL)),
            CHECK ((outcome = 'failed') = (code IS NOT NULL)),
            CHECK (NOT cache_hit OR dollars = 0)
        ) STRICT;
        CREATE INDEX calls_by_start ON calls (started);
        CREATE INDEX open_calls ON calls (lease) WHERE outcome = 'open';

        CREATE TABLE budgets (
            name TEXT NOT NULL,
            unit TEXT NOT NULL CHECK (unit IN ('usd', 'tokens', 'minutes')),
            amount REAL NOT NULL CHECK (amount >= 0),
            spent REAL NOT NULL CHECK (spent >= 0),
            PRIMARY KEY (name, unit)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reservations (
            budget TEXT NOT NULL,
            unit TEXT NOT NULL,
            call INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            amount REAL NOT NULL CHECK (amount >= 0),
            PRIMARY KEY (budget, unit, call),
            FOREIGN KEY (budget, unit) REFERENCES budgets (name, unit) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reservations_by_call ON reservations (call);
        """

    // What searches paid for embedders and rerankers stood beside the times of trials; it becomes calls, one for all of a
    // trial, so that one book holds all money and nothing is in two. A call names the search that caused it: its own study,
    // and those of its baselines and answers.
    private static let oneBook = """
        ALTER TABLE calls ADD COLUMN search TEXT;
        UPDATE calls SET search = (SELECT id FROM studies WHERE substr(id, 1, 12) = calls.study) WHERE study IS NOT NULL;
        INSERT INTO calls (started, project, search, study, trial, role, endpoint, model, outcome, cache_hit, estimated,
            dollars)
        SELECT created, coalesce((SELECT min(project) FROM calls), 'earlier'), study, study, iif(trial < 0, NULL, trial), 'search', 'earlier', 'served models', 'ok', 0, 0,
            cost
        FROM spendings JOIN studies ON studies.id = spendings.study WHERE cost > 0;
        CREATE INDEX calls_by_study ON calls (study) WHERE study IS NOT NULL;
        CREATE INDEX calls_by_search ON calls (search) WHERE search IS NOT NULL;

        CREATE TABLE durations (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            trial INTEGER NOT NULL CHECK (trial >= 0),
            seconds REAL NOT NULL CHECK (seconds >= 0),
            PRIMARY KEY (study, trial)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO durations SELECT study, trial, seconds FROM spendings WHERE trial >= 0 AND seconds > 0;
        DROP TABLE spendings;
        """
}
