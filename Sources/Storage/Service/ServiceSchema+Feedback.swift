internal import GRDB

extension ServiceSchema {
    /// What people say of answers.
    static func makeFeedback(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE feedback (
                    id INTEGER PRIMARY KEY,
                    time REAL NOT NULL,
                    kind TEXT NOT NULL,
                    answer TEXT NOT NULL,
                    release INTEGER,
                    rater TEXT NOT NULL,
                    source TEXT NOT NULL,
                    rating INTEGER CHECK (rating IN (1, -1)),
                    reason TEXT,
                    comment TEXT,
                    correction TEXT,
                    document TEXT,
                    question TEXT,
                    text TEXT,
                    way TEXT NOT NULL,
                    counts INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX feedback_by_rater ON feedback (rater, kind, time);
                CREATE INDEX feedback_by_source ON feedback (source, kind, time);
                CREATE INDEX feedback_by_answer ON feedback (answer, rater, kind);
                CREATE INDEX thumbs_by_release ON feedback (release, time, counts, rating) WHERE kind = 'thumb';
                CREATE TABLE comparisons (
                    id TEXT PRIMARY KEY,
                    time REAL NOT NULL,
                    first INTEGER NOT NULL,
                    second INTEGER NOT NULL,
                    rater TEXT NOT NULL,
                    source TEXT NOT NULL,
                    question TEXT,
                    outcome TEXT CHECK (outcome IN ('first', 'second', 'tie')),
                    decided REAL,
                    counts INTEGER NOT NULL DEFAULT 1
                ) STRICT;
                CREATE INDEX comparisons_by_source ON comparisons (source, decided) WHERE outcome IS NOT NULL;
                CREATE INDEX comparisons_by_rater ON comparisons (rater, decided) WHERE outcome IS NOT NULL;
                """)
    }
}
