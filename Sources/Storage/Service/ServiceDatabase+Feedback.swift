internal import GRDB

extension ServiceDatabase {
    /// How many thumbs, and how many comparisons, of one rater count in an hour.
    package static let countedAnHour = 20
    /// How many of all raters of one source do: many people may be behind one address, and one may make up names.
    package static let countedOfSourceAnHour = 200

    /// Keeps what somebody said. A second thumb of the same rater on the same answer takes the place of the first, and so does
    /// a second correction; a source that was opened counts once. Beyond ``countedAnHour`` a rater's thumbs are kept, and do not
    /// count.
    ///
    /// - Returns: the row as it is kept.
    @discardableResult
    package func keep(_ row: FeedbackRow) async throws -> FeedbackRow {
        try await write { database in
            var row = row
            try database.execute(
                sql: "DELETE FROM feedback WHERE answer = ? AND rater = ? AND kind = ? AND document IS ?",
                arguments: [row.answer, row.rater, row.kind.rawValue, row.document])
            if row.kind == .thumb {
                row.counts = try Self.mayCount(
                    database, "feedback", "kind = 'thumb' AND time > ?", rater: row.rater, source: row.source,
                    since: row.time - 3600)
            }
            try database.execute(
                sql: """
                    INSERT INTO feedback (time, kind, answer, release, rater, source, rating, reason, comment, correction,
                        document, question, text, way, counts)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    row.time, row.kind.rawValue, row.answer, row.release, row.rater, row.source, row.rating, row.reason,
                    row.comment, row.correction, row.document, row.question, row.text, row.way, row.counts,
                ])
            row.id = database.lastInsertedRowID
            return row
        }
    }

    /// What was said since a time, the newest first.
    package func feedback(since start: Double = 0, limit: Int = 1_000_000) async throws -> [FeedbackRow] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM feedback WHERE time >= ? ORDER BY id DESC LIMIT ?",
                arguments: [start, limit]
            ).compactMap(FeedbackRow.init(row:))
        }
    }

    /// The request of an answer; nil where none is kept under that id.
    package func request(_ id: String) async throws -> ServiceRequest? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM requests WHERE id = ? ORDER BY number DESC LIMIT 1", arguments: [id]
            ).map(ServiceRequest.init(row:))
        }
    }

    /// How often the answers of each release were liked since a time. An index holds all that is read.
    package func thumbs(since start: Double = 0) async throws -> [ThumbCount] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT release, sum(counts AND rating > 0) AS up, sum(counts AND rating < 0) AS down,
                        sum(NOT counts) AS damped
                    FROM feedback WHERE kind = 'thumb' AND time >= ? GROUP BY release ORDER BY release
                    """,
                arguments: [start]
            ).map { ThumbCount(release: $0["release"], up: $0["up"], down: $0["down"], damped: $0["damped"]) }
        }
    }

    /// Notes that somebody is about to see two answers.
    package func begin(_ row: ComparisonRow) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO comparisons (id, time, first, second, rater, source, question)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [row.id, row.time, row.first, row.second, row.rater, row.source, row.question])
        }
    }

    /// Notes what somebody preferred. Only who was shown the two may say it, once.
    ///
    /// - Returns: the row; nil where there is none that is open under this name.
    package func decide(_ id: String, outcome: String, rater: String, at now: Double) async throws -> ComparisonRow? {
        try await write { database in
            let source =
                try String.fetchOne(database, sql: "SELECT source FROM comparisons WHERE id = ?", arguments: [id]) ?? ""
            let counts = try Self.mayCount(
                database, "comparisons", "outcome IS NOT NULL AND decided > ?", rater: rater, source: source,
                since: now - 3600)
            try database.execute(
                sql: """
                    UPDATE comparisons SET outcome = ?, decided = ?, counts = ?
                    WHERE id = ? AND rater = ? AND outcome IS NULL
                    """,
                arguments: [outcome, now, counts, id, rater])
            guard database.changesCount == 1 else { return nil }
            return try Row.fetchOne(database, sql: "SELECT * FROM comparisons WHERE id = ?", arguments: [id])
                .map(ComparisonRow.init(row:))
        }
    }

    /// Whether one more is no flood yet.
    private static func mayCount(
        _ database: Database, _ table: String, _ condition: String, rater: String, source: String, since: Double
    ) throws -> Bool {
        func lately(_ column: String, _ value: String) throws -> Int {
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM \(table) WHERE \(column) = ? AND \(condition)",
                arguments: [value, since]) ?? 0
        }
        return try lately("rater", rater) < countedAnHour && lately("source", source) < countedOfSourceAnHour
    }

    /// The comparisons that were decided since a time.
    package func comparisons(since start: Double = 0) async throws -> [ComparisonRow] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM comparisons WHERE outcome IS NOT NULL AND time >= ? ORDER BY decided, id",
                arguments: [start]
            ).map(ComparisonRow.init(row:))
        }
    }
}

extension FeedbackRow {
    /// Nil of a kind that a newer version wrote.
    fileprivate init?(row: Row) {
        guard let kind = Kind(rawValue: row["kind"]) else { return nil }
        self.init(
            time: row["time"], kind: kind, answer: row["answer"], release: row["release"], rater: row["rater"],
            source: row["source"],
            rating: row["rating"], reason: row["reason"], comment: row["comment"], correction: row["correction"],
            document: row["document"], question: row["question"], text: row["text"], way: row["way"])
        id = row["id"]
        counts = row["counts"]
    }
}

extension ComparisonRow {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], time: row["time"], first: row["first"], second: row["second"], rater: row["rater"],
            source: row["source"], question: row["question"], outcome: row["outcome"], counts: row["counts"])
    }
}
