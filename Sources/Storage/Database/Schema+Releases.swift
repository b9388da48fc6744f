extension Schema {
    // Releases by the hash of their manifests, so that one that was changed is found out; every step that somebody asked
    // for, also those that the gate refused; and the one row that says who answers.
    static let releases = """
        CREATE TABLE releases (
            number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            created TEXT NOT NULL
        ) STRICT;

        CREATE TABLE promotions (
            id INTEGER NOT NULL PRIMARY KEY,
            action TEXT NOT NULL CHECK (action IN ('promote', 'rollback', 'automatic rollback')),
            release INTEGER NOT NULL REFERENCES releases (number),
            incumbent INTEGER REFERENCES releases (number),
            stage TEXT NOT NULL CHECK (stage IN ('shadow', 'canary', 'full')),
            verdict TEXT CHECK (verdict IN ('first', 'not worse', 'worse', 'undetermined')),
            accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
            decision TEXT,
            who TEXT NOT NULL,
            promoted TEXT NOT NULL,
            report TEXT NOT NULL CHECK (json_type(report) = 'object')
        ) STRICT;

        CREATE TABLE live_releases (
            place INTEGER NOT NULL PRIMARY KEY CHECK (place = 1),
            live INTEGER REFERENCES releases (number),
            previous INTEGER REFERENCES releases (number),
            candidate INTEGER REFERENCES releases (number),
            stage TEXT CHECK (stage IN ('shadow', 'canary')),
            changed TEXT NOT NULL,
            CHECK ((candidate IS NULL) = (stage IS NULL))
        ) STRICT;
        """
}
