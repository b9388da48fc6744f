/// The tables of what people decide, and of what a project's life leaves besides its studies.
extension Schema {
    // What people say of what they review, and which content of a document they agreed to. The words that a comment is
    // about are kept with it: a line may be another one tomorrow.
    static let reviews = """
        CREATE TABLE comments (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('project', 'requirements', 'design', 'golden', 'answer', 'transcript')),
            target TEXT NOT NULL,
            quote TEXT NOT NULL,
            text TEXT NOT NULL CHECK (length(text) > 0),
            author TEXT NOT NULL,
            created TEXT NOT NULL,
            resolved TEXT
        ) STRICT;
        CREATE INDEX open_comments ON comments (kind, target) WHERE resolved IS NULL;

        CREATE TABLE approvals (
            document TEXT NOT NULL,
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            who TEXT NOT NULL,
            how TEXT NOT NULL,
            approved TEXT NOT NULL,
            PRIMARY KEY (document, hash)
        ) STRICT, WITHOUT ROWID;
        """

    // What was agreed to, so that a later change can be shown; and how far a build came: a row for each time that a milestone
    // was begun, whose end is written when it ends.
    static let approvedTexts = """
        CREATE TABLE approved_texts (
            hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
            text TEXT NOT NULL
        ) STRICT;

        CREATE TABLE milestones (
            attempt INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            design TEXT NOT NULL CHECK (length(design) = 64),
            milestone TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            began TEXT NOT NULL,
            ended TEXT,
            seconds REAL NOT NULL DEFAULT 0 CHECK (seconds >= 0),
            state TEXT NOT NULL CHECK (state IN ('running', 'passed', 'failed')),
            report TEXT NOT NULL DEFAULT '{}'
        ) STRICT;
        """

    // What a configuration answered on an item, for people who look at it: measuring needs none of it. With row ids, because
    // an answer may be long.
    static let answers = """
        CREATE TABLE answers (
            study TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
            configuration TEXT NOT NULL CHECK (length(configuration) = 64),
            item TEXT NOT NULL,
            answer TEXT NOT NULL CHECK (json_type(answer) = 'object'),
            PRIMARY KEY (study, item, configuration)
        ) STRICT;
        """

    // What was known of each requirement, whenever that changed; and what answers were worth, by question, with the
    // evaluation's time for its name: the same question may be answered otherwise tomorrow.
    static let verdicts = """
        CREATE TABLE verdicts (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            requirement TEXT NOT NULL,
            fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
            metric TEXT NOT NULL,
            test TEXT NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict IN ('met', 'not met', 'undetermined', 'not measured', 'stale')),
            value REAL,
            lower REAL,
            upper REAL,
            count INTEGER CHECK (count >= 0),
            basis TEXT,
            study TEXT,
            trial INTEGER,
            measured TEXT,
            recorded TEXT NOT NULL,
            sentence TEXT NOT NULL
        ) STRICT;
        CREATE INDEX verdicts_by_requirement ON verdicts (requirement, id);

        CREATE TABLE answer_measurements (
            evaluation TEXT NOT NULL,
            configuration TEXT NOT NULL CHECK (length(configuration) = 64),
            item TEXT NOT NULL,
            metrics TEXT NOT NULL CHECK (json_type(metrics) = 'object'),
            PRIMARY KEY (evaluation, item)
        ) STRICT, WITHOUT ROWID;
        """

    // What a search began with from other projects, by the search as it would be without: it is chosen once. Searches of before
    // began with nothing, and go on so.
    static let warmStarts = """
        CREATE TABLE warm_starts (
            study TEXT NOT NULL PRIMARY KEY CHECK (length(study) = 64),
            start TEXT NOT NULL CHECK (json_type(start) = 'object'),
            chosen TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO warm_starts SELECT id, '{"order":[],"records":0,"seeds":[]}', created FROM studies;
        """

    // Batches of questions that people label. What they see is kept as it was then. Of tokens only the hash is here; a label
    // is given once by each person, and the time it took is a call in the ledger.
    static let labels = """
        CREATE TABLE label_batches (
            id TEXT NOT NULL PRIMARY KEY,
            number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
            created TEXT NOT NULL,
            author TEXT NOT NULL,
            people INTEGER NOT NULL CHECK (people >= 1),
            minute_price REAL NOT NULL CHECK (minute_price >= 0)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE label_items (
            batch TEXT NOT NULL REFERENCES label_batches (id) ON DELETE CASCADE,
            item TEXT NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            content TEXT NOT NULL CHECK (json_type(content) = 'object'),
            verdict TEXT CHECK (verdict IN ('good', 'wrong', 'unclear')),
            judge TEXT,
            PRIMARY KEY (batch, item),
            CHECK ((verdict IS NULL) = (judge IS NULL))
        ) STRICT;

        CREATE TABLE labellers (
            batch TEXT NOT NULL REFERENCES label_batches (id) ON DELETE CASCADE,
            place INTEGER NOT NULL CHECK (place >= 1),
            token TEXT NOT NULL UNIQUE CHECK (length(token) = 64),
            name TEXT,
            shown TEXT,
            PRIMARY KEY (batch, place)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE labels (
            batch TEXT NOT NULL,
            item TEXT NOT NULL,
            place INTEGER NOT NULL,
            category TEXT NOT NULL CHECK (category IN ('good', 'wrong', 'unclear')),
            comment TEXT NOT NULL,
            seconds REAL NOT NULL CHECK (seconds >= 0),
            labelled TEXT NOT NULL,
            PRIMARY KEY (batch, item, place),
            FOREIGN KEY (batch, item) REFERENCES label_items (batch, item) ON DELETE CASCADE,
            FOREIGN KEY (batch, place) REFERENCES labellers (batch, place) ON DELETE CASCADE
        ) STRICT;
        """
}
