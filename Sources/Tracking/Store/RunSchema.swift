internal import GRDB
internal import Storage

/// The tables of `.neo/runs.db`, and how older files get them. docs/runs.md says what they mean: other programs may read
/// them.
enum RunSchema {
    /// Brings the tables up to date; a migration that was released is never edited.
    static func migrate(_ pool: DatabasePool, path: String) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs") { try $0.execute(sql: runs) }
        guard try !pool.read(migrator.hasBeenSuperseded) else { throw StorageError.newer(path) }
        try migrator.migrate(pool)
    }

    // Points lie by run and metric, in the order in which they came: a chart reads one stretch. NULL is NaN, which SQLite
    // lacks. No foreign key: it would be looked up for each of millions. What a list shows of a metric stands in `series`,
    // so that nobody reads points for it.
    private static let runs = """
        CREATE TABLE runs (
            number INTEGER NOT NULL PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            project TEXT NOT NULL,
            kind TEXT NOT NULL,
            "group" TEXT,
            name TEXT NOT NULL,
            parent TEXT,
            status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'failed', 'stopped', 'crashed')),
            configuration TEXT NOT NULL CHECK (json_type(configuration) = 'object'),
            tags TEXT NOT NULL CHECK (json_type(tags) = 'array'),
            git_commit TEXT,
            git_dirty INTEGER CHECK (git_dirty IN (0, 1)),
            host TEXT,
            hardware TEXT CHECK (hardware IS NULL OR json_valid(hardware)),
            command TEXT NOT NULL CHECK (json_type(command) = 'array'),
            seed TEXT,
            started REAL NOT NULL,
            ended REAL,
            last_logged REAL NOT NULL,
            notes TEXT,
            failure TEXT,
            writer TEXT,
            points INTEGER NOT NULL DEFAULT 0,
            last_step INTEGER,
            CHECK (status != 'running' OR ended IS NULL)
        ) STRICT;
        CREATE INDEX runs_by_start ON runs (started);
        CREATE INDEX runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
        CREATE INDEX runs_under_way ON runs (writer) WHERE status = 'running';

        CREATE TABLE metrics (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            is_system INTEGER NOT NULL CHECK (is_system IN (0, 1)),
            UNIQUE (name, is_system)
        ) STRICT;

        CREATE TABLE series (
            run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
            metric INTEGER NOT NULL REFERENCES metrics (id),
            count INTEGER NOT NULL,
            last_step INTEGER NOT NULL,
            last_time REAL NOT NULL,
            last_value REAL,
            minimum REAL,
            maximum REAL,
            PRIMARY KEY (run, metric)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE points (
            run INTEGER NOT NULL,
            metric INTEGER NOT NULL,
            number INTEGER NOT NULL,
            step INTEGER NOT NULL,
            time REAL NOT NULL,
            value REAL,
            PRIMARY KEY (run, metric, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE entries (
            id INTEGER NOT NULL PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('text', 'table', 'image', 'artifact')),
            key TEXT NOT NULL,
            step INTEGER,
            time REAL NOT NULL,
            content TEXT NOT NULL,
            hash TEXT,
            bytes INTEGER,
            media_type TEXT
        ) STRICT;
        CREATE INDEX entries_by_run ON entries (run, key);

        CREATE TABLE alerts (
            id INTEGER NOT NULL PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
            time REAL NOT NULL,
            step INTEGER,
            level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
            title TEXT NOT NULL,
            text TEXT,
            rule TEXT,
            seen TEXT
        ) STRICT;
        CREATE INDEX alerts_by_run ON alerts (run);

        -- Expressions over metrics, of one run, or of all where `run` is NULL. Their values are computed when they are read.
        CREATE TABLE derived (
            id INTEGER NOT NULL PRIMARY KEY,
            run INTEGER REFERENCES runs (number) ON DELETE CASCADE,
            name TEXT NOT NULL,
            expression TEXT NOT NULL,
            author TEXT NOT NULL,
            time REAL NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX derived_by_name ON derived (ifnull(run, 0), name);

        CREATE TABLE corrections (
            id INTEGER NOT NULL PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
            metric INTEGER NOT NULL REFERENCES metrics (id),
            number INTEGER NOT NULL,
            step INTEGER NOT NULL,
            old_value REAL,
            new_value REAL,
            author TEXT NOT NULL,
            reason TEXT,
            time REAL NOT NULL
        ) STRICT;

        -- How far each file of the inbox was read; in the transaction of what was read from it.
        CREATE TABLE inbox (
            file TEXT NOT NULL PRIMARY KEY,
            consumed INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Lines that could not be read.
        CREATE TABLE rejected (
            id INTEGER NOT NULL PRIMARY KEY,
            file TEXT NOT NULL,
            place INTEGER NOT NULL,
            line TEXT NOT NULL,
            reason TEXT NOT NULL,
            time REAL NOT NULL
        ) STRICT;
        """
}
