/// The tables of who may ask a service.
extension Schema {
    // Of a key only the hash of its secret is here. What was revoked stays, so that its name is not given twice by mistake
    // and a project that has had keys never becomes open again. `access_usage` counts by day, for limits.
    static let access = """
        CREATE TABLE access_keys (
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 10),
            name TEXT NOT NULL,
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            scopes TEXT NOT NULL CHECK (json_type(scopes) = 'array'),
            groups TEXT NOT NULL CHECK (json_type(groups) = 'array'),
            per_minute INTEGER CHECK (per_minute >= 1),
            per_day INTEGER CHECK (per_day >= 1),
            created TEXT NOT NULL,
            expires TEXT,
            revoked TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE access_usage (
            key TEXT NOT NULL REFERENCES access_keys (id) ON DELETE CASCADE,
            day TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (key, day)
        ) STRICT, WITHOUT ROWID;
        """
}
